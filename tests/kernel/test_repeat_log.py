import logging

import pytest

from vms.kernel import repeat_log
from vms.kernel.repeat_log import RepeatLog

LOG = logging.getLogger("tests.repeat_log")


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, LOG.name)
    return lambda: [(record.levelname, record.getMessage()) for record in caplog.records]


def test_a_thing_is_said_once_then_ever_more_rarely(said):
    words = RepeatLog(LOG)
    for _ in range(1050):
        words.say("disk", logging.WARNING, "full")
    assert said() == [
        ("WARNING", text) for text in ("full", "full (10 times)", "full (100 times)", "full (1000 times)")
    ]


def test_it_is_said_again_when_it_gets_worse_or_was_over(said):
    words = RepeatLog(LOG)
    words.say("disk", logging.WARNING, "nearly full")
    words.say("disk", logging.ERROR, "full")
    words.say("disk", logging.ERROR, "full, by another figure")
    assert (words.over("disk"), words.over("disk")) == (2, 0)
    words.say("disk", logging.ERROR, "full")
    assert said() == [("WARNING", "nearly full"), ("ERROR", "full"), ("ERROR", "full")]


def test_what_a_round_does_not_say_is_over(said):
    words = RepeatLog(LOG)
    for things in (("a", "b"), ("a",), ("a", "b")):
        with words.round():
            for thing in things:
                words.say(thing, logging.INFO, thing)
    assert [text for _, text in said()] == ["a", "b", "b"]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(repeat_log, "_MAX_SUBJECTS", 3)
    words = RepeatLog(LOG)
    for number in range(10):
        words.say(str(number), logging.INFO, "x")
    assert [words.over(str(number)) for number in range(10)] == [0] * 7 + [1] * 3
