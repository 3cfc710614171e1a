import random
import unicodedata

import pytest

from vms.kernel.turkish import folded, lower, sort_key, spellings

ALPHABET = "abcçdefgğhıijklmnoöprsştuüvyz"


@pytest.mark.proves("C-10")
def test_words_stand_in_the_order_of_the_turkish_alphabet():
    mixed = random.Random(1923).sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted(mixed, key=sort_key)) == ALPHABET
    names = ["Zeynep", "Çağlar", "Cem", "Işık", "İbrahim", "Ilgaz", "Özlem", "Oya", "Şule", "Sema", "Ümit", "Ufuk"]
    assert sorted(names, key=sort_key) == [
        "Cem", "Çağlar", "Ilgaz", "Işık", "İbrahim", "Oya", "Özlem", "Sema", "Şule", "Ufuk", "Ümit", "Zeynep",
    ]  # fmt: skip


def test_capitals_and_accents_count_only_between_equal_words():
    assert sorted(["kâr", "KAR", "kara", "kar"], key=sort_key) == ["KAR", "kar", "kâr", "kara"]
    assert sorted(["Ali Yılmaz", "Alican", "Ali", "Ali Can"], key=sort_key) == [
        "Ali",
        "Ali Can",
        "Ali Yılmaz",
        "Alican",
    ]
    assert sorted(["xaver", "walter", "quentin", "rasim", "veli", "yaşar"], key=sort_key) == [
        "quentin", "rasim", "veli", "walter", "xaver", "yaşar",
    ]  # fmt: skip


def test_both_ways_of_writing_an_accent_are_one():
    decomposed = unicodedata.normalize("NFD", "Çağlar Şükrü")
    assert decomposed != "Çağlar Şükrü"
    assert sort_key(decomposed) == sort_key("Çağlar Şükrü")
    assert folded(decomposed) == folded("Çağlar Şükrü") == "caglar sukru"


@pytest.mark.parametrize("typed", ["ışık", "IŞIK", "isik", "ISIK", "İşik", " Işık "])
def test_no_i_hides_a_word_from_a_search(typed):
    assert folded(typed) == "isik"


def test_small_letters_are_turkish():
    assert lower("IŞIK İZMİR") == "ışık izmir"


def test_any_text_has_a_key():
    for text in ("", "\x00", "<b>", "👷", "\ud800", "12 Eylül", "12. Şube"):
        assert isinstance(sort_key(text), bytes)
        assert isinstance(folded(text), str)
    assert sort_key("2. Şube") < sort_key("A Şubesi")


@pytest.mark.parametrize("typed", ["ışık sokak", "IŞIK SOKAK", "Işık Sokak"])
def test_a_database_that_knows_english_letters_only_finds_a_turkish_name(typed):
    assert {"ışık sokak", "Işık Sokak", "IŞIK SOKAK"} <= spellings(typed)
