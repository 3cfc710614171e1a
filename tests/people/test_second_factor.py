import pyotp
import pytest

from vms.audit.entry import Actor
from vms.audit.queries import Wanted, entries
from vms.audit.rules import Act
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.secrets import SecretBox
from vms.people.acting import actor_of
from vms.people.model import SignInSession
from vms.people.second_factor import (
    Judged,
    begin,
    confirm,
    has_factor,
    judge,
    pending_secret,
    renew_recovery_codes,
    reset,
    state_of,
)
from vms.people.sessions import begin_session, open_session
from vms.people.sign_in_model import RecoveryCode, SecondFactor
from vms.people.sign_in_rules import CODE_LOCK_US, MAX_WRONG_CODES, RECOVERY_CODES, Terms

STEP_S = 30


@pytest.fixture
def box(tmp_path):
    return SecretBox.at(tmp_path / "keys" / "secret.key")


@pytest.fixture
def ask(database, clock, box, account):
    """What becomes of a code, each in a transaction of its own."""

    def ask(code):
        with database.writing() as session:
            return judge(session, clock, box, account, code, actor_of(account))

    return ask


@pytest.fixture
def enrolled(database, clock, box, account):
    """(the authenticator, the codes on paper) of a person whose factor is in use."""
    with database.writing() as session:
        totp = pyotp.TOTP(begin(session, clock, box, account))
        codes = confirm(session, clock, box, account, totp.at(now_s(clock)), actor_of(account))
    clock.advance(STEP_S)
    return totp, codes


def now_s(clock):
    return clock.now_us() // US_PER_SECOND


def acts(database, act):
    with database.reading() as session:
        return entries(session, Wanted(acts=[act]))


def test_the_secret_is_stored_sealed_and_used_after_its_first_code(database, clock, box, account):
    with database.writing() as session:
        secret = begin(session, clock, box, account)
        assert confirm(session, clock, box, account, "000000", actor_of(account)) is Judged.WRONG
        assert not has_factor(session, account.id)
        codes = confirm(session, clock, box, account, pyotp.TOTP(secret).at(now_s(clock)), actor_of(account))
        assert has_factor(session, account.id)
        row = session.get_one(SecondFactor, account.id)
        assert secret.encode() not in row.sealed_secret
        assert box.open(row.sealed_secret) == secret
    assert len(set(codes)) == RECOVERY_CODES
    assert [entry.subject_id for entry in acts(database, Act.SECOND_FACTOR_SET)] == [str(account.id)]


def test_nothing_is_confirmed_that_was_not_begun(database, clock, box, account):
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        confirm(session, clock, box, account, "123456", actor_of(account))
    assert refusal.value.code == "second_factor_not_begun"


@pytest.mark.parametrize(
    ("steps", "expected"), [(-2, "wrong"), (-1, "right"), (0, "right"), (1, "right"), (2, "wrong")]
)
def test_a_telephones_clock_may_be_half_a_minute_off(enrolled, ask, clock, steps, expected):
    clock.advance(10 * STEP_S)
    assert ask(enrolled[0].at(now_s(clock) + steps * STEP_S)).value == expected


@pytest.mark.proves("D-11.4a")
def test_a_code_counts_once_and_none_before_it_either(enrolled, ask, clock):
    totp, _ = enrolled
    clock.advance(10 * STEP_S)
    earlier, now = totp.at(now_s(clock) - STEP_S), totp.at(now_s(clock))
    assert ask(now) is Judged.RIGHT
    assert [ask(now), ask(earlier)] == [Judged.WRONG, Judged.WRONG]
    clock.advance(STEP_S)
    assert ask(totp.at(now_s(clock))) is Judged.RIGHT


def test_the_code_that_confirmed_the_factor_opens_nothing_more(database, clock, box, account, ask):
    with database.writing() as session:
        code = pyotp.TOTP(begin(session, clock, box, account)).at(now_s(clock))
        confirm(session, clock, box, account, code, actor_of(account))
    assert ask(code) is Judged.WRONG


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\x00", "1" * 5000, "AAAA-AAAA-AAAA-AAAA"]
)
def test_what_is_no_code_is_wrong(enrolled, ask, code):
    assert ask(code) is Judged.WRONG


def test_the_fifth_wrong_code_shuts_it_for_a_quarter_of_an_hour(database, enrolled, ask, clock):
    totp, codes = enrolled
    assert {ask("000000") for _ in range(MAX_WRONG_CODES)} == {Judged.WRONG}
    assert [ask(totp.at(now_s(clock))), ask(codes[0])] == [Judged.LOCKED, Judged.LOCKED]
    clock.advance(CODE_LOCK_US / US_PER_SECOND - 0.000001)
    assert ask(totp.at(now_s(clock))) is Judged.LOCKED
    clock.advance(0.000001)
    assert ask(totp.at(now_s(clock))) is Judged.RIGHT
    assert len(acts(database, Act.SIGN_IN_REFUSED)) == MAX_WRONG_CODES


def test_a_right_code_forgets_wrong_ones(enrolled, ask, clock):
    for _ in range(3):
        assert {ask("000000") for _ in range(MAX_WRONG_CODES - 1)} == {Judged.WRONG}
        clock.advance(STEP_S)
        assert ask(enrolled[0].at(now_s(clock))) is Judged.RIGHT


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_on_paper_is_good_for_one_use(database, enrolled, ask, account, spelling):
    first, second, *_ = enrolled[1]
    assert [ask(spelling(first)), ask(spelling(first)), ask(second)] == [Judged.RIGHT, Judged.WRONG, Judged.RIGHT]
    with database.reading() as session:
        assert state_of(session, account.id).recovery_codes_left == RECOVERY_CODES - 2
        assert all(first.encode() not in row.code_sha256 for row in session.query(RecoveryCode))
    assert len(acts(database, Act.RECOVERY_CODE_USED)) == 2


def test_new_codes_on_paper_take_the_place_of_the_old(database, clock, account, enrolled, ask):
    with database.writing() as session:
        fresh = renew_recovery_codes(session, clock, account, actor_of(account))
    assert [ask(enrolled[1][0]), ask(fresh[0])] == [Judged.WRONG, Judged.RIGHT]


def test_the_old_telephone_counts_until_the_new_one_is_proved(database, clock, box, account, enrolled, ask):
    with database.writing() as session:
        fresh = pyotp.TOTP(begin(session, clock, box, account))
        assert pending_secret(session, box, account.id) == fresh.secret
    assert ask(enrolled[0].at(now_s(clock))) is Judged.RIGHT
    clock.advance(STEP_S)
    with database.writing() as session:
        confirm(session, clock, box, account, fresh.at(now_s(clock)), actor_of(account))
    clock.advance(STEP_S)
    assert [ask(enrolled[0].at(now_s(clock))), ask(fresh.at(now_s(clock)))] == [Judged.WRONG, Judged.RIGHT]


def test_setting_it_up_opens_the_session_that_waited_for_it(database, clock, box, account):
    with database.writing() as session:
        token = begin_session(session, clock, account.id, "10.0.0.1", Terms(must_enrol=True))
    assert open_session(database, clock, token).must_enrol
    with database.writing() as session:
        secret = begin(session, clock, box, account)
        confirm(session, clock, box, account, pyotp.TOTP(secret).at(now_s(clock)), actor_of(account))
    assert not open_session(database, clock, token).must_enrol


def test_an_administrator_takes_it_away_and_every_session_ends(database, clock, account, enrolled, ask):
    with database.writing() as session:
        token = begin_session(session, clock, account.id, "10.0.0.1")
        reset(session, clock, account, by=Actor(new_id(clock), "Deniz Ak · deniz"))
        assert session.query(SignInSession).count() == 0
        assert session.query(RecoveryCode).count() == 0
    assert open_session(database, clock, token) is None
    assert ask(enrolled[1][0]) is Judged.WRONG
    assert len(acts(database, Act.SECOND_FACTOR_RESET)) == 1


def test_nobody_takes_away_their_own(database, clock, account, enrolled):
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        reset(session, clock, account, by=actor_of(account))
    assert refusal.value.code == "own_account"
    with database.reading() as session:
        assert has_factor(session, account.id)
