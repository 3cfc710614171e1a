"""The order of the Turkish alphabet, one spelling of a word for searching."""

import unicodedata

# q, w, x are not Turkish; names of people and firms have them where the Latin alphabet puts them (CLDR, `tr`).
_LETTERS = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_RANKS = {letter: rank for rank, letter in enumerate(_LETTERS, start=0x40)}
_DIGIT_RANKS = {digit: rank for rank, digit in enumerate("0123456789", start=0x20)}
_BLANK_RANK, _OTHER_RANK = 0x02, 0x03
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_DOTLESS = str.maketrans({"ı": "i", "İ": "i", "I": "i"})
_END = b"\x00"  # less than every rank: Ali stands before Alican


def lower(text: str) -> str:
    """Small letters as Turkish has them: İ becomes i, I becomes ı."""
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def spellings(text: str) -> frozenset[str]:
    """`text` as it is, in small letters, in capitals, with a capital at each word: for a database that folds English
    letters only. Together with that they find Işık Sokak by ışık, IŞIK, işık, not by isik.
    """  # noqa: D205
    small = lower(text)
    words = " ".join(_upper(word[:1]) + word[1:] for word in small.split(" "))
    return frozenset({text, small, words, _upper(small)})


def sort_key(text: str) -> bytes:
    """What puts words in the order of the Turkish alphabet when compared byte by byte, whatever the database's own is.

    Capitals and accents count only between words that are the same without them (kar, kâr).
    """
    small = lower(text)
    return b"".join(map(_rank, small)) + _END + small.encode("utf-8", "surrogatepass")


def folded(text: str) -> str:
    """One spelling for searching: capitals, dots of i and all accents fall away. The console folds in the same way.

    IŞIK, ışık, isik are one.
    """
    bare = unicodedata.normalize("NFD", text.translate(_DOTLESS))
    return "".join(one for one in bare if not unicodedata.category(one).startswith("M")).lower().strip()


def _upper(text: str) -> str:
    return text.translate(_UPPER).upper()


def _rank(letter: str) -> bytes:
    if letter in _RANKS:
        return bytes([_RANKS[letter]])
    if letter in _DIGIT_RANKS:
        return bytes([_DIGIT_RANKS[letter]])
    if letter.isspace():
        return bytes([_BLANK_RANK])
    bare = unicodedata.normalize("NFD", letter)[0]
    return bytes([_RANKS.get(bare, _OTHER_RANK)])
