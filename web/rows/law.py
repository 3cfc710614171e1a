"""Laws as the API shows them."""

from collections.abc import Iterable

from pydantic import BaseModel

from vms.footage.service_entry import Law


class LawRow(BaseModel):
    """A law on which the service stands."""

    no: str
    name_tr: str
    name_en: str


def law_rows(laws: Iterable[Law]) -> list[LawRow]:
    """In the order in which they are listed."""
    return [LawRow(no=one.no, name_tr=one.name_tr, name_en=one.name_en) for one in laws]
