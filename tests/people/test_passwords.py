import pytest
from argon2 import Type, extract_parameters

from vms.kernel.errors import Kind, VmsError
from vms.people.passwords import AT_ONCE, PASSWORDS, Passwords


def test_what_the_product_uses_is_expensive():
    costs = extract_parameters(PASSWORDS.hash("correct horse battery"))
    assert (costs.type, costs.time_cost, costs.memory_cost, costs.parallelism) == (Type.ID, 3, 65_536, 1)


def test_a_hash_knows_its_password_only(passwords):
    stored = passwords.hash("correct horse battery")
    assert "correct" not in stored
    assert passwords.is_right(stored, "correct horse battery")
    assert not passwords.is_right(stored, "correct horse batterY")
    assert not passwords.is_right(stored, "")
    assert stored != passwords.hash("correct horse battery"), "salted"


@pytest.mark.parametrize("stored", [None, "", "no hash", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_without_a_hash_no_password_is_right(passwords, stored):
    assert not passwords.is_right(stored, "correct horse battery")


def test_an_unknown_name_costs_what_a_known_one_does():
    for costs in (PASSWORDS, Passwords(time_cost=2, memory_kib=16, parallelism=2)):
        assert extract_parameters(costs._nobody) == extract_parameters(costs.hash("correct horse battery"))


def test_one_password_has_one_spelling(passwords):
    assert passwords.is_right(passwords.hash("pasaport \u00f6\u0131 1"), "pasaport o\u0308\u0131 1")


def test_hostile_passwords_are_only_wrong(passwords):
    stored = passwords.hash("x" * 256)
    assert passwords.is_right(stored, "x" * 256)
    for given in ("x" * 257, "x" * 1_000_000, "\ud800", "\x00"):
        assert not passwords.is_right(stored, given)
    assert not passwords.is_right(passwords.hash(""), "x" * 257), "what is cut is not taken for the empty one"


def test_hashes_of_other_costs_are_outdated(passwords):
    dearer = Passwords(time_cost=2, memory_kib=8)
    assert dearer.is_outdated(passwords.hash("correct horse battery"))
    assert not passwords.is_outdated(passwords.hash("correct horse battery"))


def test_only_so_many_hashes_are_reckoned_at_once():
    busy = Passwords(time_cost=1, memory_kib=8, patience_s=0.01)
    turns = [busy._turn() for _ in range(AT_ONCE)]
    for turn in turns:
        turn.__enter__()
    with pytest.raises(VmsError) as refusal:
        busy.hash("correct horse battery")
    assert (refusal.value.kind, refusal.value.code) == (Kind.UNAVAILABLE, "sign_in_busy")
    turns[0].__exit__(None, None, None)
    assert busy.hash("correct horse battery")
    assert busy.hash("correct horse battery"), "every turn is given back"
