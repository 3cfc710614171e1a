import sqlite3

import pytest
from sqlalchemy import func, select

from vms.people.model import SignInSession
from vms.people.rules import ABSOLUTE_LIMIT_US, IDLE_LIMIT_US, MAX_SESSIONS
from vms.people.service import disable
from vms.people.sessions import begin_session, end_sessions, open_session, sign_out

HOUR_S = 3600


@pytest.fixture
def begin(database, clock, account):
    def begin(address="10.0.0.7"):
        with database.writing() as session:
            return begin_session(session, clock, account.id, address)

    return begin


def last_seen_us(database):
    with database.reading() as session:
        return session.scalar(select(func.max(SignInSession.last_seen_us)))


def test_only_a_digest_of_the_token_is_stored(database, clock, account, begin, tmp_path):
    token = begin()
    assert len(token) >= 43, "256 bits"
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("nazar.db*"))
    assert b"10.0.0.7" in stored
    assert token.encode() not in stored
    with database.reading() as session:
        row = session.scalar(select(SignInSession))
    assert open_session(database, clock, row.token_sha256.hex()) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 1_000_000, "\ud800", "\x00", "' OR 1=1 --"])
def test_an_invented_token_opens_nothing(database, clock, begin, token):
    begin()
    assert open_session(database, clock, token) is None


def test_an_idle_session_ends_after_twelve_hours(database, clock, begin):
    token = begin()
    clock.advance(12 * HOUR_S - 0.000001)
    assert open_session(database, clock, token)
    clock.advance(12 * HOUR_S - 1)
    assert open_session(database, clock, token), "use begins the time anew"
    other = begin()
    clock.advance(12 * HOUR_S)
    assert open_session(database, clock, other) is None, "the instant of its end is outside"


def test_no_session_outlives_a_day(database, clock, begin):
    token = begin()
    began_us = clock.now_us()
    for _ in range(23):
        clock.advance(HOUR_S)
        found = open_session(database, clock, token)
        assert found.ends_us == min(clock.now_us() + IDLE_LIMIT_US, began_us + ABSOLUTE_LIMIT_US)
    clock.advance(HOUR_S - 0.000001)
    assert open_session(database, clock, token).ends_us == clock.now_us() + 1
    clock.advance(0.000001)
    assert open_session(database, clock, token) is None


def test_use_is_written_down_once_a_minute(database, clock, begin):
    token, began_us = begin(), clock.now_us()
    clock.advance(59.9)
    open_session(database, clock, token)
    assert last_seen_us(database) == began_us
    clock.advance(0.1)
    open_session(database, clock, token)
    assert last_seen_us(database) == began_us + 60_000_000


def test_a_locked_database_signs_nobody_out(database, clock, account, begin, tmp_path):
    token, began_us = begin(), clock.now_us()
    clock.advance(120)
    writer = sqlite3.connect(tmp_path / "nazar.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert open_session(database, clock, token).account.id == account.id
    writer.execute("ROLLBACK")
    writer.close()
    assert last_seen_us(database) == began_us
    assert open_session(database, clock, token).account.id == account.id
    assert last_seen_us(database) == clock.now_us()


def test_signing_out_ends_that_session_only(database, clock, account, begin):
    here, elsewhere = begin(), begin()
    with database.writing() as session:
        sign_out(session, clock, here)
        sign_out(session, clock, "unknown")
    assert open_session(database, clock, here) is None
    assert open_session(database, clock, elsewhere)
    with database.writing() as session:
        end_sessions(session, clock, account.id)
    assert open_session(database, clock, elsewhere) is None


def test_a_session_is_nothing_while_its_account_is_closed(database, clock, account, begin):
    """Also one that began in the same moment, which closing could not end."""
    with database.writing() as session:
        disable(session, clock, account)
    token = begin()
    assert open_session(database, clock, token) is None


def test_sessions_of_one_account_are_bounded(database, clock, begin):
    tokens = []
    for _ in range(MAX_SESSIONS + 2):
        tokens.append(begin())
        clock.advance(1)
    assert [open_session(database, clock, token) is not None for token in tokens] == [False] * 2 + [True] * MAX_SESSIONS


def test_what_is_over_leaves_the_table(database, clock, begin):
    begin()
    begin()
    clock.advance(13 * HOUR_S)
    begin()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInSession)) == 1


def test_an_address_is_kept_short(database, begin):
    begin("x" * 10_000)
    with database.reading() as session:
        assert len(session.scalar(select(SignInSession.address))) == 64
