import asyncio

import pytest

from vms.audit.entry import Actor
from vms.kernel.errors import Kind, VmsError
from web.audit_proof import AuditProof

AUDITOR = Actor(None, "Denetçi · denetci")


def test_one_at_a_time_in_the_name_of_who_asked_first():
    begun = []

    async def scenario():
        may_end = asyncio.Event()

        async def prove(by):
            begun.append(by)
            await may_end.wait()

        proof = AuditProof(prove)
        assert not proof.is_running
        for by in (AUDITOR, Actor(None, "another")):
            proof.begin(by)
            await asyncio.sleep(0)
            assert proof.is_running
        may_end.set()
        await proof.close()

    asyncio.run(scenario())
    assert begun == [AUDITOR]


def test_a_failed_one_is_logged_and_the_next_may_begin(caplog):
    async def prove(by):
        raise VmsError(Kind.UNAVAILABLE, "verification_unavailable", "It ended with exit code 1.")

    async def scenario():
        proof = AuditProof(prove)
        for _ in range(2):
            proof.begin(AUDITOR)
            await asyncio.sleep(0)  # it fails at its first step
            assert not proof.is_running

    asyncio.run(scenario())
    assert caplog.text.count("could not be verified") == 2


def test_the_server_stops_while_one_runs():
    async def scenario():
        async def prove(by):
            await asyncio.Event().wait()

        proof = AuditProof(prove)
        proof.begin(AUDITOR)
        await asyncio.sleep(0)
        await proof.close()
        assert not proof.is_running

    asyncio.run(scenario())


def test_without_the_wiring_it_is_refused():
    with pytest.raises(VmsError) as refusal:
        AuditProof(None).begin(AUDITOR)
    assert refusal.value.code == "verification_unavailable"
