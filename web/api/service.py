"""`/service`: the municipality's entry in its service catalogue, for everybody who is signed in."""

from fastapi import APIRouter
from pydantic import BaseModel

from vms.footage.policy import HOUR_US
from web.authorisation import Access, declares
from web.backends import Here
from web.problems import refusals
from web.rows.law import LawRow, law_rows

router = APIRouter(prefix="/service", tags=["service"])


class ServiceRow(BaseModel):
    """What it is, who may apply, with which documents; `target_hours`, `limit_hours`: how long a request takes."""

    name_tr: str
    name_en: str
    about_tr: str
    about_en: str
    applicants_tr: str
    applicants_en: str
    documents_tr: list[str]
    documents_en: list[str]
    target_hours: int
    limit_hours: int
    laws: list[LawRow]


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def read_service(here: Here) -> ServiceRow:
    """The entry as the settings say it."""
    entry, policy = here.service, here.footage_policy
    return ServiceRow(
        name_tr=entry.name_tr, name_en=entry.name_en, about_tr=entry.about_tr, about_en=entry.about_en,
        applicants_tr=entry.applicants_tr, applicants_en=entry.applicants_en, documents_tr=list(entry.documents_tr),
        documents_en=list(entry.documents_en), target_hours=policy.soft_us // HOUR_US,
        limit_hours=policy.hard_us // HOUR_US, laws=law_rows(entry.laws),
    )  # fmt: skip
