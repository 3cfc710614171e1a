"""Accounts with their open sessions."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.people.rules import ABSOLUTE_LIMIT_US, IDLE_LIMIT_US, LOCK_US, MAX_FAILED_SIGN_INS


class Account(Base):
    """A person who signs in. Rows are disabled, never deleted: what they did keeps its author.

    `name` is stored as `rules.account_key` spells it. `failed_sign_ins` counts since the last right password or lock.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role IN ('administrator', 'auditor', 'guard', 'viewer')", name="account_role"),
        CheckConstraint("language IN ('tr', 'en')", name="account_language"),
        Index("account_name_taken", "name", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    display_name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str] = mapped_column(repr=False)
    password_set_us: Mapped[int]
    created_us: Mapped[int]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="tr")
    disabled_us: Mapped[int | None] = mapped_column(default=None)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_us: Mapped[int | None] = mapped_column(default=None)

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
