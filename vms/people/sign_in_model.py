"""What is kept for signing in beside accounts with their sessions."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.people.sign_in_rules import CODE_LOCK_US, MAX_WRONG_CODES


class DirectoryLink(Base):
    """An account whose person proves elsewhere who they are; one without a link signs in with its own password.

    `subject`: the directory's own lasting name of the person (objectGUID, entryUUID, `sub`); None until they signed in
    for the first time: only then is it known. A name may be given to another person later, a subject never.
    """

    __tablename__ = "directory_link"
    __table_args__ = (
        CheckConstraint("way IN ('ldap', 'oidc')", name="directory_way"),
        Index("directory_link_subject", "way", "subject", unique=True),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    way: Mapped[str]
    linked_us: Mapped[int]
    subject: Mapped[str | None] = mapped_column(default=None)


class SecondFactor(Base):
    """A person's TOTP secrets (RFC 6238), sealed with the node's key: that in use, that which waits for a code.

    `last_step`: number of the half minute whose code was taken last; neither it nor one before counts again.
    """

    __tablename__ = "second_factor"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    begun_us: Mapped[int]
    pending_secret: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    sealed_secret: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    confirmed_us: Mapped[int | None] = mapped_column(default=None)
    last_step: Mapped[int] = mapped_column(default=0)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    locked_until_us: Mapped[int | None] = mapped_column(default=None)

    @property
    def is_in_use(self) -> bool:
        """Whether its codes are asked for."""
        return self.sealed_secret is not None

    def is_locked(self, now_us: int) -> bool:
        """Whether too many wrong codes keep it shut now."""
        return self.locked_until_us is not None and now_us < self.locked_until_us

    def count_wrong(self, now_us: int) -> None:
        """A wrong code was given; the fifth shuts it for a quarter of an hour."""
        self.wrong_codes += 1
        if self.wrong_codes >= MAX_WRONG_CODES:
            self.wrong_codes, self.locked_until_us = 0, now_us + CODE_LOCK_US

    def forget_wrong(self) -> None:
        """A right code was given."""
        self.wrong_codes, self.locked_until_us = 0, None


class RecoveryCode(Base):
    """A code for the day the telephone is lost: random enough that a plain SHA-256 keeps it, good for one use."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("recovery_code_account", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    code_sha256: Mapped[bytes] = mapped_column(repr=False)
    used_us: Mapped[int | None] = mapped_column(default=None)


class ClosedSession(Base):
    """A session that somebody else ended, so that its browser can be told why. Kept for a day."""

    __tablename__ = "closed_session"
    __table_args__ = (Index("closed_session_token", "token_sha256"),)

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_sha256: Mapped[bytes] = mapped_column(repr=False)
    why: Mapped[str]
    at_us: Mapped[int]


class FormerPassword(Base):
    """The hash of a password that an account had before."""

    __tablename__ = "former_password"
    __table_args__ = (Index("former_password_account", "account_id", "replaced_us"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    password_hash: Mapped[str] = mapped_column(repr=False)
    replaced_us: Mapped[int]


class PolicyAcceptance(Base):
    """That a person accepted the rules of watching (D-11.4b), in these very words."""

    __tablename__ = "policy_acceptance"
    __table_args__ = (Index("policy_acceptance_account", "account_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    version: Mapped[str]
    text_sha256: Mapped[bytes]
    accepted_us: Mapped[int]
