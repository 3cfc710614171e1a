"""The first administrator of a node that has no account yet."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.service import NewAccount, create_account
from vms.people.totp import new_recovery_codes, spelt

MAX_CODE_CHARACTERS = 64


def needs_first_account(session: Session) -> bool:
    """Whether nobody can sign in because nobody has an account."""
    return session.scalar(select(Account.id).limit(1)) is None


def have_code(database: Database, path: Path) -> str | None:
    """The one-time code for the set-up page, made if need be; None when there are accounts, and then it is removed.

    It lies in a file that only the service's user and root can read. Several processes may call at once.
    """
    with database.reading() as session:
        if not needs_first_account(session):
            forget_code(path)
            return None
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as file:  # mode 0600
            file.write(new_recovery_codes()[0] + "\n")
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)  # whole or not at all; the first one counts
    return path.read_text().strip()


def create_first_account(
    session: Session,
    clock: Clock,
    path: Path,
    code: str,
    new: NewAccount,
    *,
    passwords: Passwords = PASSWORDS,
    by: Actor,
) -> Account:
    """The first account, for who knows the code on the server's terminal.

    VmsError: CONFLICT `set_up_over` when there is an account, FORBIDDEN `set_up_code_wrong`; else as `create_account`.
    """
    if not needs_first_account(session):
        raise VmsError(Kind.CONFLICT, "set_up_over", "This node has been set up already. Sign in.")
    try:
        kept = path.read_text().strip()
    except OSError:
        kept = ""
    given = spelt(code[:MAX_CODE_CHARACTERS])
    if not kept or not secrets.compare_digest(given.encode(), spelt(kept).encode()):
        raise VmsError(
            Kind.FORBIDDEN, "set_up_code_wrong", "The code is wrong. It stands on the terminal of `vms serve`."
        )
    return create_account(session, clock, new, passwords=passwords, by=by)


def forget_code(path: Path) -> None:
    """The code has served its purpose."""
    path.unlink(missing_ok=True)
