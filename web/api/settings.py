"""`/settings`: what the node works with, for its administrators. No secret is ever in an answer."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.roles import Action
from vms.reminders.mail_server import is_address
from web.acting import By
from web.api.asked import Body
from web.authorisation import Me, declares_action
from web.backends import Here
from web.problems import refusals
from web.settings_desk import Change, CheckLevel, Locked, Process, SettingKind, SettingsNow, Source

router = APIRouter(prefix="/settings", tags=["settings"])

MAX_VALUE, MAX_ITEMS, MAX_VALUES, MAX_KEY = 8_000, 60, 100, 80  # the rules are the settings' own; these bound the look
_MANAGES = declares_action(Action.MANAGE_SETTINGS)

Words = Annotated[StrictStr, Field(max_length=MAX_VALUE)]
SettingValue = StrictBool | StrictInt | StrictFloat | Words | Annotated[list[Words], Field(max_length=MAX_ITEMS)] | None


class SettingRow(BaseModel):
    """One setting, as `web.settings_desk.Setting` tells it. Of a secret only `is_set` is told."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    kind: SettingKind
    value: SettingValue
    running: SettingValue
    default: SettingValue
    is_set: bool
    is_waiting: bool
    is_required: bool
    source: Source
    locked: Locked | None
    line: int | None
    variable: str
    example: str
    options: list[str]
    minimum: float | None
    maximum: float | None
    max_length: int | None
    article: str


class SettingSectionRow(BaseModel):
    """A table of the file. `processes` read it when they start."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    is_set_up: bool
    processes: list[Process]
    settings: list[SettingRow]


class SettingsAnswer(BaseModel):
    """All settings. `problem`: why the files as they are cannot be used; empty when they can.

    `problem_file`: which one breaks a rule. No process would start with it, but what the console keeps is left out.
    `file`: the one that is written by hand and counts before the console. `global_days`: a retention that somebody set
    for everything, which counts before the settings. `mail_to`: where a test mail would go; empty when nowhere.
    """

    version: str
    file: str
    has_file: bool
    zone: str
    problem: str
    problem_code: str
    problem_file: str
    global_days: int | None
    mail_to: str
    sections: list[SettingSectionRow]


class SettingsBody(Body):
    """What to set; null takes a setting back to what counts without the console. `version`: of what was seen."""

    version: str = Field(max_length=64)
    values: dict[Annotated[str, Field(max_length=MAX_KEY)], SettingValue] = Field(max_length=MAX_VALUES)
    reason: str = Field("", max_length=1_000)


class CheckRow(BaseModel):
    """What one check of a part found; `detail` and `remedy` in English, as `vms doctor` says them."""

    model_config = ConfigDict(from_attributes=True)

    part: str
    level: CheckLevel
    detail: str
    remedy: str


class CheckList(BaseModel):
    """Every part that is set up."""

    checks: list[CheckRow]


@router.get("", dependencies=[_MANAGES], responses=refusals())
def read_settings(me: Me, here: Here) -> SettingsAnswer:
    """What counts, who says so, what this process began with."""
    with here.database.reading() as session:
        account = session.get(Account, me.account_id)
        person = None if account is None or account.person_id is None else session.get(Person, account.person_id)
        return _answer(here.settings.read(session), "" if person is None else person.email)


@router.put("", dependencies=[_MANAGES], responses=refusals(409))
def change_settings(body: SettingsBody, me: Me, by: By, here: Here) -> SettingsAnswer:
    """Set all of it or nothing, with an entry of the audit log for each setting. Jobs take it over by themselves."""
    here.settings.change(Change(version=body.version, values=body.values, reason=body.reason), by=by)
    return read_settings(me, here)


@router.post("/checks", dependencies=[_MANAGES], responses=refusals())
async def check_settings(here: Here) -> CheckList:
    """Try every part with what the files say now. Takes up to twelve seconds."""
    desk = here.settings
    found = await here.settings_workers.run(desk.check)
    return CheckList.model_validate({"checks": found}, from_attributes=True)


@router.post("/test-mail", status_code=204, dependencies=[_MANAGES], responses=refusals(409))
async def send_test_mail(me: Me, here: Here) -> None:
    """Send a mail to the caller's own address now."""
    desk = here.settings
    address = (await here.people_workers.run(lambda: read_settings(me, here))).mail_to
    if not is_address(address):
        raise VmsError(
            Kind.CONFLICT, "mail_address_missing",
            "Nobody registered an e-mail address of yours. Add it on the page of persons.",
        )  # fmt: skip
    await here.settings_workers.run(lambda: desk.send_test(address))


@router.post("/restart", status_code=202, dependencies=[_MANAGES], responses=refusals())
def restart_web(here: Here) -> None:
    """Have the web process begin anew with what the files say. Pictures break off for seconds, recording goes on."""
    here.settings.restart()


def _answer(now: SettingsNow, mail_to: str) -> SettingsAnswer:
    rows = [SettingSectionRow.model_validate(one) for one in now.sections]
    return SettingsAnswer(
        version=now.version, file=now.file, has_file=now.has_file, zone=now.zone, problem=now.problem,
        problem_code=now.problem_code, problem_file=now.problem_file, global_days=now.global_days, mail_to=mail_to,
        sections=rows,
    )  # fmt: skip
