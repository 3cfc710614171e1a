"""Letters, codes, numbers."""

import string
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.documents.codes import ALPHABET, code_sha256, codes_in, new_code, read_code
from vms.documents.plain_text import line, prose
from vms.documents.turkish import duration, lower, number, plain_ascii, upper


@pytest.mark.proves("edge-116", "C-10")
def test_turkish_capitals():
    assert upper("izmir ılıca şişli öğün çözüm") == "İZMİR ILICA ŞİŞLİ ÖĞÜN ÇÖZÜM"
    assert lower("İZMİR ILICA ŞİŞLİ ÖĞÜN ÇÖZÜM") == "izmir ılıca şişli öğün çözüm"


@pytest.mark.proves("edge-116")
@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz ", max_size=60))
def test_capitals_and_back_give_the_same_turkish_word(word):
    assert lower(upper(word)) == word


def test_figures_and_file_names():
    assert (number(1250), number(4312.5, 1)) == ("1.250", "4.312,5")
    assert plain_ascii("Görevlendirme Işık İğne Ü") == "Gorevlendirme Isik Igne U"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 sn"),
        (0.3, "1 sn’den az"),
        (0.7, "1 sn"),
        (59.6, "1 dk"),
        (3_600, "1 sa"),
        (93_751, "1 gün 2 sa 2 dk 31 sn"),
        (20 * 86_400 + 59, "20 gün 59 sn"),
        (1_200 * 86_400, "1.200 gün"),
    ],
)
def test_lengths_of_time(seconds, words):
    assert duration(timedelta(seconds=seconds)) == words


def test_text_is_visible_characters_in_one_spelling():
    decomposed = "Is\u0327ık"  # what a Mac gives for ş
    assert line(decomposed) == "Işık"
    assert line("a\x00b\x1b[31mc\u202ed\u200be\ud800f\ttab\r\nend ") == "ab[31mcdef tab end"
    assert prose("one\r\n\r\n\r\n\r\ntwo\u2028three\x07") == "one\n\ntwo\nthree"


@given(st.text(max_size=300))
def test_what_is_left_of_any_text_can_be_printed(text):
    for one in prose(text).split("\n"):
        assert one.isprintable()
        one.encode()


@pytest.mark.proves("D-0.1")
def test_codes_are_drawn_from_eighty_bits():
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert all(read_code(code) == code for code in codes)
    assert set("".join(codes)) - {"-"} == set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7q2m k0xt 9vbd 4hzn", "7Q2M-K0XT-9VBD-4HZN"),
        (" 7Q2MKOXT9VBD4HZN ", "7Q2M-K0XT-9VBD-4HZN"),
        ("7Q2M–K0XT–9VBD–4HZN", "7Q2M-K0XT-9VBD-4HZN"),
        ("ıİIlLoO0-ıİIlLoO0", "1111-1000-1111-1000"),
        ("7Q2M-K0XT-9VBD-4HZ", None),
        ("7Q2M-K0XT-9VBD-4HZNN", None),
        ("7Q2M-K0XT-9VBD-4HZU", None),
        ("7Q2M-K0XT-9VBD-4HZş", None),
        ("", None),
        ("A" * 100_000, None),
    ],
)
def test_a_typed_code_is_read_as_it_was_meant(typed, read):
    assert read_code(typed) == read


def test_codes_are_found_in_text_and_nothing_else():
    text = f"Kod: 7Q2M-K0XT-9VBD-4HZN, seri no 7Q2M-K0XT-9VBD-4HZN5, {string.ascii_uppercase}"
    assert codes_in(text) == {"7Q2M-K0XT-9VBD-4HZN"}
    assert codes_in("https://belge.example/d/7Q2M-K0XT-9VBD-4HZN?x=1") == {"7Q2M-K0XT-9VBD-4HZN"}
    assert code_sha256("7Q2M-K0XT-9VBD-4HZN") != code_sha256("7Q2M-K0XT-9VBD-4HZM")
