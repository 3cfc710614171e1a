import asyncio

import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.event_xml import read_topics
from recorder.simcam.onvif.properties import MOTION, TAMPER, TOPICS, Properties
from recorder.simcam.onvif.soap import SoapFaultError
from recorder.simcam.onvif.subscriptions import MAX_QUEUED, MAX_SUBSCRIPTIONS, Subscriptions
from recorder.simcam.onvif.xml_writer import el
from vms.kernel.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def properties(clock) -> Properties:
    return Properties(CameraClock(clock, SimCamera("cam0")))


@pytest.fixture
def subscriptions(clock, properties) -> Subscriptions:
    return Subscriptions(CameraClock(clock, SimCamera("cam0")), properties)


def pull(subscription, limit: int = 1000) -> list:
    return asyncio.run(subscription.pull(0, limit))


def test_only_wanted_topics_only_changes(properties, subscriptions):
    subscription = subscriptions.create([TAMPER], 60)
    assert [(notice.topic, notice.operation) for notice in pull(subscription)] == [(TAMPER, "Initialized")]
    properties.set(MOTION, is_true=True)
    properties.set(TAMPER, is_true=True)
    properties.set(TAMPER, is_true=True)
    assert [(notice.topic, notice.is_true) for notice in pull(subscription)] == [(TAMPER, True)]


def test_who_does_not_fetch_loses_the_oldest(properties, subscriptions):
    subscription = subscriptions.create(TOPICS, 60)
    for number in range(3 * MAX_QUEUED):
        properties.set(MOTION, is_true=number % 2 == 0)
    assert len(pull(subscription)) == MAX_QUEUED


def test_a_limit_leaves_the_rest_for_later(subscriptions):
    subscription = subscriptions.create(TOPICS, 60)
    assert len(pull(subscription, limit=1)) == 1
    assert len(pull(subscription)) == 1


def test_they_end_unless_renewed(clock, subscriptions):
    kept, lost = subscriptions.create(TOPICS, 60), subscriptions.create(TOPICS, 60)
    clock.advance(50)
    subscriptions.renew(kept, 60)
    clock.advance(20)
    assert subscriptions.get(kept.token) is kept
    with pytest.raises(SoapFaultError):
        subscriptions.get(lost.token)


def test_there_is_a_limit_that_ended_ones_do_not_count_in(clock, subscriptions):
    for _ in range(MAX_SUBSCRIPTIONS):
        subscriptions.create(TOPICS, 10)
    with pytest.raises(SoapFaultError):
        subscriptions.create(TOPICS, 10)
    clock.advance(11)
    subscriptions.create(TOPICS, 10)


def test_a_restart_lets_waiting_callers_go(subscriptions):
    async def run() -> list:
        subscription = subscriptions.create(TOPICS, 60)
        await subscription.pull(0, 10)
        waiting = asyncio.create_task(subscription.pull(60, 10))
        await asyncio.wait([waiting], timeout=0.01)
        subscriptions.end_all()
        return await asyncio.wait_for(waiting, 1)

    assert asyncio.run(run()) == []


@pytest.mark.parametrize(
    ("expression", "topics"),
    [
        ("tns1:RuleEngine/CellMotionDetector/Motion", (MOTION,)),
        ("tns1:RuleEngine//.", (MOTION,)),
        ("tns1:VideoSource//.|tns1:RuleEngine//.", TOPICS),
    ],
)
def test_filters(expression, topics):
    operation = el("tev:CreatePullPointSubscription", el("tev:Filter", el("wsnt:TopicExpression", expression)))
    assert read_topics(operation) == topics


def test_impossible_filters():
    for part in (el("wsnt:TopicExpression", "tns1:Device//."), el("wsnt:MessageContent", "boolean(//x)")):
        with pytest.raises(SoapFaultError):
            read_topics(el("tev:CreatePullPointSubscription", el("tev:Filter", part)))
