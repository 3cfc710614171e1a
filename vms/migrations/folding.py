"""One spelling for searching, as migrations write it: `vms.kernel.turkish.folded` as it was, whatever it becomes."""

import unicodedata

_DOTLESS = str.maketrans({"ı": "i", "İ": "i", "I": "i"})


def folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.translate(_DOTLESS))
    return "".join(one for one in bare if not unicodedata.category(one).startswith("M")).lower().strip()
