"""Confirmed twice at the same moment over HTTP: one delivery, both are answered with it."""

import asyncio

import httpx
import pytest
import sqlalchemy as sa
from delivery_counter import RECEIVER

from vms.audit.model import AuditEntry
from vms.footage.exports.model import Delivery
from vms.kernel.database import BUSY_TIMEOUT_S


@pytest.fixture
def patient(office):
    """Writers wait for each other as long as they do in a node, not half a second as in other tests."""
    engine = office.site.database.engine

    def wait(raw, _record, _proxy):
        raw.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")

    sa.event.listen(engine, "checkout", wait)
    yield
    sa.event.remove(engine, "checkout", wait)


def clicked(office, made, bodies):
    """Sent all at once; the answers in their order."""
    path = f"/api/v1/requests/{made['id']}/delivery/hand-over"

    async def click():
        transport = httpx.ASGITransport(office.site.app, client=("127.0.0.1", 50_000))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8080", headers=office.officer.cookie, trust_env=False
        ) as client:
            return await asyncio.gather(*(client.post(path, json={"receiver": body}) for body in bodies))

    return asyncio.run(click())


@pytest.mark.proves("edge-52", "D-10.2a")
@pytest.mark.usefixtures("patient")
def test_clicked_at_the_same_moment_it_is_one_delivery(counter, office):
    made = counter.built()
    counter.taken(made)
    counter.signed(made)
    others = [{**RECEIVER, "name": f"Kişi {number}", "identity_no": str(number)} for number in range(4)]
    answers = clicked(office, made, others)
    assert [one.status_code for one in answers] == [200] * 4, [one.text for one in answers]
    (told,) = {(row["receiver"]["name"], row["delivered_us"]) for row in (one.json() for one in answers)}
    with office.site.database.reading() as session:
        (delivery,) = session.query(Delivery)
        entries = [one.act for one in session.query(AuditEntry) if one.act == "delivered"]
    assert (delivery.receiver_name, delivery.delivered_us, len(entries)) == (*told, 1)
