"""Passphrases of packages: they travel by another route than the package, on paper or by telephone."""

import secrets

from vms.kernel.errors import Kind, VmsError

# Without letters and digits that look or sound alike. The format stretches a passphrase by a thousand rounds only, so
# it must carry the strength itself: 30 signs of 28 are 144 bits.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456"
_GROUPS, _GROUP_SIGNS = 6, 5
_LEAST_SIGNS = 16


def new_passphrase() -> str:
    """`hk3ta-…`: a new one, from the machine's own randomness."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP_SIGNS)) for _ in range(_GROUPS))
    return "-".join(groups)


def check_passphrase(passphrase: str) -> str:
    """`passphrase`, or VmsError(INVALID, `passphrase_unfit`).

    Plain ASCII, because programs spell other letters each in its own way and then do not open the package.
    """
    if len(passphrase) < _LEAST_SIGNS or not passphrase.isascii() or not passphrase.isprintable():
        raise VmsError(
            Kind.INVALID, "passphrase_unfit",
            f"A passphrase has at least {_LEAST_SIGNS} plain letters, digits or signs, none of ç, ğ, ı, ö, ş, ü.",
        )  # fmt: skip
    return passphrase
