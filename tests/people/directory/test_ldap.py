import pytest
from real_slapd import BASE, DISABLED, NORMAL

from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError
from vms.people.directory.ldap import LdapDirectory

pytestmark = [pytest.mark.sockets, pytest.mark.system]

FILETIME_OF_1970 = 116_444_736_000_000_000


@pytest.fixture(params=["starttls", "ldaps"])
def secured(request, place_of, slapd, clock):
    """The directory over either kind of TLS."""
    return LdapDirectory(place_of(urls=slapd.urls if request.param == "starttls" else slapd.tls_urls), clock)


@pytest.mark.proves("S-4")
def test_who_knows_the_password_is_told_by_the_directory(secured, staff):
    found = secured.ask("Zeynep", staff["zeynep"].password)
    assert (found.name, found.display_name, found.is_closed) == ("zeynep", "Zeynep Çelik", False)
    assert found.subject == staff["zeynep"].guid.bytes.hex()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("zeynep", "wrong"), ("zeynep", ""), ("zeynep", "Deniz-Kokusu-1905\0"), ("nobody", "x"), ("", "x"),
        ("*", "Deniz-Kokusu-1905"), ("zey*", "Deniz-Kokusu-1905"), ("zeynep)(objectClass=*", "Deniz-Kokusu-1905"),
        ("nobody)(|(sAMAccountName=zeynep)", "Deniz-Kokusu-1905"), ("\\7aeynep", "Deniz-Kokusu-1905"),
    ],
)  # fmt: skip
def test_nobody_else_is(directory, name, password):
    assert directory.ask(name, password) is None


def test_a_name_that_may_not_be_proved_is_not_even_with_the_right_password(directory, staff):
    assert directory.ask("zeynep", staff["zeynep"].password, may_prove=False) is None


@pytest.mark.proves("edge-88")
def test_whom_the_directory_disabled_is_closed_whatever_the_password(directory, staff):
    assert directory.ask("ayrilan", staff["ayrilan"].password).is_closed
    assert directory.ask("ayrilan", "wrong").is_closed


@pytest.mark.parametrize(("days", "is_closed"), [(-1, True), (1, False)])
def test_an_account_whose_last_day_is_over_is_closed(directory, slapd, staff, clock, days, is_closed):
    last_us = clock.now_us() + days * US_PER_DAY
    slapd.set(staff["zeynep"], accountExpires=str(last_us * 10 + FILETIME_OF_1970))
    assert directory.ask("zeynep", staff["zeynep"].password).is_closed is is_closed


def test_one_that_never_ends_is_open(directory, slapd, staff):
    slapd.set(staff["zeynep"], accountExpires=str(2**63 - 1))
    assert not directory.ask("zeynep", staff["zeynep"].password).is_closed


def test_people_are_found_by_what_never_changes(directory, slapd, staff):
    wanted = {name: one.guid.bytes.hex() for name, one in staff.items()}
    slapd.set(staff["omer"], userAccountControl=str(DISABLED), displayName="Ömer Yıldız")
    slapd.set(staff["ayrilan"], userAccountControl=str(NORMAL))
    found = directory.find([*wanted.values(), "00" * 16])
    assert {name: found[subject].is_closed for name, subject in wanted.items()} == {
        "zeynep": False, "omer": True, "ayrilan": False,
    }  # fmt: skip
    assert found[wanted["omer"]].display_name == "Ömer Yıldız"
    slapd.remove(staff["omer"])
    assert wanted["omer"] not in directory.find(wanted.values())


def test_more_people_than_fit_into_one_search_are_all_found(directory, staff):
    subjects = [one.guid.bytes.hex() for one in staff.values()]
    others = [f"{number:032x}" for number in range(1, 150)]
    assert set(directory.find([*others, *subjects])) == set(subjects)


def is_away(directory, staff):
    with pytest.raises(VmsError) as refusal:
        directory.ask("zeynep", staff["zeynep"].password)
    assert staff["zeynep"].password not in str(refusal.value)
    return (refusal.value.kind, refusal.value.code) == (Kind.UNAVAILABLE, "directory_unavailable")


def test_a_server_that_nobody_vouches_for_gets_no_password(place_of, slapd, staff, clock):
    assert is_away(LdapDirectory(place_of(ca_file=None), clock), staff)
    assert is_away(LdapDirectory(place_of(ca_file=None, urls=slapd.tls_urls), clock), staff)


@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
def test_a_server_under_another_name_gets_no_password(place_of, slapd, staff, clock, scheme):
    port = slapd.port if scheme == "ldap" else slapd.tls_port
    other_name = f"{scheme}://127.0.0.2:{port}"
    assert is_away(LdapDirectory(place_of(urls=[other_name]), clock), staff)


def test_a_wrong_service_account_or_base_is_the_directorys_trouble_not_the_persons(place_of, staff, clock):
    assert is_away(LdapDirectory(place_of(bind_password="wrong"), clock), staff)
    assert is_away(LdapDirectory(place_of(base_dn=f"ou=nowhere,{BASE}"), clock), staff)


def test_the_second_server_answers_when_the_first_is_away(place_of, slapd, staff, clock):
    directory = LdapDirectory(place_of(urls=("ldap://localhost:1", *slapd.urls)), clock)
    assert directory.ask("zeynep", staff["zeynep"].password)
    slapd.stop()
    assert is_away(directory, staff)


def test_a_server_that_says_nothing_is_waited_for_as_long_as_set(place_of, staff, clock):
    import socket
    import time

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"ldap://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        assert is_away(LdapDirectory(place_of(urls=(url,), timeout_s=1), clock), staff)
        assert time.monotonic() - began < 5
