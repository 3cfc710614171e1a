"""`/session/second-factor`: a person's own second factor; its removal by an administrator."""

import io
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import segno
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people import second_factor
from vms.people.directory.staff import link_of
from vms.people.model import Account
from vms.people.queries import need_account, need_account_by_id
from vms.people.roles import Action
from vms.people.second_factor import Judged, factor_of, refusal
from vms.people.totp import address_of
from web.acting import By
from web.api.me import MeAnswer, answer
from web.api.sign_in import CodeBody
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals

router = APIRouter(tags=["session"])

MAX_CODE = 64
OWN = "/session/second-factor"
T = TypeVar("T")


class FactorAnswer(BaseModel):
    """How one's second factor stands. `can_be_set_up`: not by people whose institution asks for one itself."""

    is_in_use: bool
    can_be_set_up: bool
    confirmed_us: int | None
    recovery_codes_left: int


class BeginBody(BaseModel):
    """A code of the present factor, where there is one: nobody replaces it who only found an open console."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field("", max_length=MAX_CODE, repr=False)


class SecretAnswer(BaseModel):
    """What the authenticator is to know; the QR code says the same. Shown once."""

    secret: str = Field(repr=False)
    address: str = Field(repr=False)


class CodesAnswer(BaseModel):
    """Recovery codes to print, each good for one use. Shown once."""

    codes: list[str] = Field(repr=False)
    me: MeAnswer


@router.get(OWN, dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def read_factor(me: Me, here: Here) -> FactorAnswer:
    """How one's second factor stands."""

    def look() -> FactorAnswer:
        with here.database.reading() as session:
            found = second_factor.state_of(session, me.account_id)
            is_local = link_of(session, me.account_id) is None
        return FactorAnswer(
            is_in_use=found.is_in_use,
            can_be_set_up=is_local,
            confirmed_us=found.confirmed_us,
            recovery_codes_left=found.recovery_codes_left,
        )

    return await here.people_workers.run(look)


@router.post(OWN, dependencies=[declares(Access.OWN_SESSION)], responses=refusals(409, 413))
async def begin_factor(body: BeginBody, me: Me, by: By, here: Here) -> SecretAnswer:
    """Begin with a new authenticator; the present one counts until the new one's first code came."""

    def begin(session: Session, account: Account) -> str | Judged:
        if link_of(session, account.id) is not None:
            raise VmsError(Kind.CONFLICT, "password_elsewhere", "Your institution asks for your second factor itself.")
        if second_factor.has_factor(session, account.id):
            judged = second_factor.judge(session, here.clock, here.sign_in.box, account, body.code, by)
            if judged is not Judged.RIGHT:
                return judged
        return second_factor.begin(session, here.clock, here.sign_in.box, account)

    secret = await _own(here, me, begin)
    return SecretAnswer(secret=secret, address=address_of(secret, me.name))


@router.get(
    f"{OWN}/qr.svg",
    response_class=Response,
    dependencies=[declares(Access.OWN_SESSION)],
    responses={200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}}, **refusals(409)},
)
async def read_factor_picture(me: Me, here: Here) -> Response:
    """The QR code of the authenticator that is being set up; gone once it is confirmed."""

    def draw() -> bytes:
        with here.database.reading() as session:
            secret = second_factor.pending_secret(session, here.sign_in.box, me.account_id)
        drawn = io.BytesIO()
        # Dark on light whatever the console's theme: cameras read no other.
        segno.make(address_of(secret, me.name), error="m").save(drawn, kind="svg", scale=4, light="#fff", dark="#000")
        return drawn.getvalue()

    return Response(await here.people_workers.run(draw), media_type="image/svg+xml")


@router.post(f"{OWN}/confirm", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(409, 413))
async def confirm_factor(body: CodeBody, me: Me, by: By, here: Here) -> CodesAnswer:
    """Take the new authenticator into use by its first code."""
    codes = await _own(
        here,
        me,
        lambda session, account: second_factor.confirm(session, here.clock, here.sign_in.box, account, body.code, by),
    )
    return CodesAnswer(codes=codes, me=answer(await _again(here, me), here))


@router.post(f"{OWN}/recovery-codes", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(413))
async def renew_recovery_codes(body: CodeBody, me: Me, by: By, here: Here) -> CodesAnswer:
    """New recovery codes for who gives a right code; the former ones count no more."""

    def renew(session: Session, account: Account) -> list[str] | Judged:
        judged = second_factor.judge(session, here.clock, here.sign_in.box, account, body.code, by)
        if judged is not Judged.RIGHT:
            return judged
        return second_factor.renew_recovery_codes(session, here.clock, account, by)

    return CodesAnswer(codes=await _own(here, me, renew), me=answer(await _again(here, me), here))


@router.delete(
    "/accounts/{account_id}/second-factor",
    status_code=204,
    dependencies=[declares_action(Action.MANAGE_ACCOUNTS)],
    responses=refusals(404),
)
async def reset_factor(account_id: UUID, by: By, here: Here) -> None:
    """Take a person's second factor away, who lost telephone with paper; their sessions end."""

    def reset() -> None:
        with here.database.writing() as session:
            second_factor.reset(session, here.clock, need_account_by_id(session, account_id), by=by)

    await here.people_workers.run(reset)
    here.views.recheck_soon()


async def _own(here: Backends, me: Caller, work: Callable[[Session, Account], T | Judged]) -> T:
    """What `work` makes of the caller's account. A code it judged otherwise is counted before it is refused."""

    def run() -> T:
        with here.database.writing() as session:
            account = need_account(session, me.name)
            found = work(session, account)
            factor = factor_of(session, account.id)
        if isinstance(found, Judged):
            raise refusal(found, factor)
        return found

    return await here.people_workers.run(run)


async def _again(here: Backends, me: Caller) -> Caller:
    return await here.people_workers.run(lambda: here.door.caller(me.token))
