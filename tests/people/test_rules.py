import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.errors import VmsError
from vms.people.rules import account_key, check_account_name, check_display_name, check_language, check_password


@given(st.text(max_size=80))
def test_a_stored_name_is_its_own_spelling(name):
    key = account_key(name)
    assert key is None or (account_key(key) == key and key.isascii() and key == key.lower())


@pytest.mark.parametrize("typed", ["isil", "ISIL", "İSİL", "ısıl", " Isil "])
def test_a_turkish_keyboard_reaches_the_same_account(typed):
    assert account_key(typed) == "isil"


@pytest.mark.parametrize("name", ["", " ", "-a", "two words", "a/b", "çiğdem", "a" * 65, "a\nb", "a\ud800", "a\x00"])
def test_a_name_nobody_can_have_is_refused(name):
    with pytest.raises(VmsError) as refusal:
        check_account_name(name)
    assert refusal.value.code == "account_name_invalid"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "two\nlines", "a\ud800"])
def test_a_bad_display_name_is_refused(name):
    with pytest.raises(VmsError) as refusal:
        check_display_name(name)
    assert refusal.value.code == "display_name_invalid"


@pytest.mark.parametrize(
    "password", ["", "elevenchars", "aaaabbbbccccdddd", "Operator.One", "oPERATOR.oNE ", "x" * 100 + "abcd" * 50]
)
def test_a_weak_password_is_refused_without_repeating_it(password):
    with pytest.raises(VmsError) as refusal:
        check_password("operator.one", password)
    assert refusal.value.code == "password_weak"
    assert not password or password not in str(refusal.value) + repr(refusal.value.detail)


@pytest.mark.parametrize("password", ["abcdefghijkl", "şifre çok güç", "x" * 252 + "abcd", "operator.one!"])
def test_a_good_password_is_taken_as_it_is(password):
    assert check_password("operator.one", password) == password


def test_twelve_characters_are_counted_in_one_spelling():
    """An o with a combining diaeresis is one character to who types it."""
    with pytest.raises(VmsError):
        check_password("ayse", "abcdefghijo\u0308")


def test_a_language_the_console_does_not_speak_is_refused():
    assert [check_language(language) for language in ("tr", "en")] == ["tr", "en"]
    with pytest.raises(VmsError) as refusal:
        check_language("de")
    assert refusal.value.code == "language_unknown"
