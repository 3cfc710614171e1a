"""Passphrases that every program spells in one way."""

import pytest

from vms.footage.bundle.passphrase import check_passphrase, new_passphrase
from vms.kernel.errors import VmsError


def test_new_ones_are_long_plain_and_never_the_same():
    made = {new_passphrase() for _ in range(100)}
    assert len(made) == 100
    for one in made:
        assert check_passphrase(one) == one
        assert (len(one), one.count("-")) == (35, 5)


@pytest.mark.parametrize("unfit", ["", "short", "kırk küp kırkının da kulpu kırık", "sixteen signs\n-----"])
def test_what_programs_would_not_agree_on_is_refused(unfit):
    with pytest.raises(VmsError, match="passphrase_unfit"):
        check_passphrase(unfit)
