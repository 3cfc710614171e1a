"""Accounts with the roles they hold, their open sessions."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.people.organisation_model import Person  # its table is referred to
from vms.people.rules import ABSOLUTE_LIMIT_US, IDLE_LIMIT_US, LOCK_US, MAX_FAILED_SIGN_INS, AccountKind, Role

_ROLE_CODES = ", ".join(f"'{role}'" for role in Role)


class Account(Base):
    """Who signs in. Rows are disabled, never deleted: what they did keeps its author.

    `name` is stored as `rules.account_key` spells it. `failed_sign_ins` counts since the last right password or lock.
    `person_id`: whose it is; None for accounts that are nobody's own (`kind` shared, service), which have a person
    responsible for them (D-11.6), and for accounts given before persons were registered.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("language IN ('tr', 'en')", name="account_language"),
        CheckConstraint("kind IN ('personal', 'shared', 'service')", name="account_kind"),
        CheckConstraint("kind = 'personal' OR responsible_person_id IS NOT NULL", name="responsible_person_missing"),
        CheckConstraint("kind = 'personal' OR person_id IS NULL", name="shared_account_of_one_person"),
        Index("account_name_taken", "name", unique=True),
        Index("account_of_person_taken", "person_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    display_name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(repr=False)
    password_set_us: Mapped[int]
    created_us: Mapped[int]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="tr")
    disabled_us: Mapped[int | None] = mapped_column(default=None)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_us: Mapped[int | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default=AccountKind.PERSONAL.value)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    responsible_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)

    def is_locked(self, now_us: int) -> bool:
        """Whether too many wrong passwords keep it shut now."""
        return self.locked_until_us is not None and now_us < self.locked_until_us

    def count_failure(self, now_us: int) -> None:
        """A wrong password was given; the fifth locks the account for a quarter of an hour."""
        self.failed_sign_ins += 1
        if self.failed_sign_ins >= MAX_FAILED_SIGN_INS:
            self.locked_until_us = now_us + LOCK_US
            self.failed_sign_ins = 0

    def set_password_hash(self, password_hash: str, now_us: int) -> None:
        """Another password counts from now on."""
        self.password_hash, self.password_set_us = password_hash, now_us
        self.forget_failures()

    def forget_failures(self) -> None:
        """The right password was given, or a new one was set."""
        self.failed_sign_ins, self.locked_until_us = 0, None


class RoleHeld(Base):
    """That an account holds a role. Rows are ended, never changed or deleted: who was what stays known.

    In force in the half-open `[from_us, until_us)`; `until_us` None: until taken back. `given_by`: the account of who
    gave it; None: the command line, or the migration.
    """

    __tablename__ = "role_held"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLE_CODES})", name="account_role"),
        CheckConstraint("until_us IS NULL OR until_us >= from_us", name="role_ends_before_it_begins"),
        Index(
            "role_held_once", "account_id", "role", unique=True,
            sqlite_where=text("until_us IS NULL"), postgresql_where=text("until_us IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]
    from_us: Mapped[int]
    until_us: Mapped[int | None] = mapped_column(default=None)
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)


class SignInSession(Base):
    """An open session. The token itself is only in the browser; who reads this table can sign in nowhere.

    A session that ended has no row. `last_seen_us` is true to a minute. `must_enrol`, `must_accept`: see
    `sign_in_rules.Terms`.
    """

    __tablename__ = "sign_in_session"
    __table_args__ = (
        Index("sign_in_session_token", "token_sha256", unique=True),
        Index("sign_in_session_account", "account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    token_sha256: Mapped[bytes] = mapped_column(repr=False)
    address: Mapped[str]
    created_us: Mapped[int]
    last_seen_us: Mapped[int]
    must_enrol: Mapped[bool] = mapped_column(default=False)
    must_accept: Mapped[bool] = mapped_column(default=False)

    @property
    def ends_us(self) -> int:
        """When it ends by itself unless somebody uses it before."""
        return min(self.last_seen_us + IDLE_LIMIT_US, self.created_us + ABSOLUTE_LIMIT_US)
