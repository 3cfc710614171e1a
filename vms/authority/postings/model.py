"""Guard posts (görev yeri) with the guards assigned to them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class Post(Base):
    """A place that guards watch, with its cameras (`PostCamera`). Rows are closed, never deleted."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="post_name_missing"),
        Index("post_name_taken", "name", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    site: Mapped[str]
    created_us: Mapped[int]
    closed_us: Mapped[int | None] = mapped_column(default=None)


class PostCamera(Base):
    """A camera that is watched from a post."""

    __tablename__ = "post_camera"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id"), primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"), primary_key=True)


class Assignment(Base):
    """A guard on a post by letter of Koruma ve Güvenlik (görevlendirme, P-32): live pictures of its cameras.

    In force in `[from_us, until_us)` and not from `ended_us` on. `limit_us`: an earlier end, by a duty change.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="assignment_ends_before_it_begins"),
        CheckConstraint("length(trim(letter_no)) > 0", name="assignment_letter_missing"),
        Index("assignment_account", "account_id"),
        Index("assignment_post", "post_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id"))
    letter_no: Mapped[str]
    letter_on: Mapped[date]
    training: Mapped[str]
    from_us: Mapped[int]
    until_us: Mapped[int]
    entered_by: Mapped[UUID | None]
    entered_by_name: Mapped[str]
    entered_us: Mapped[int]
    limit_us: Mapped[int | None] = mapped_column(default=None)
    ended_us: Mapped[int | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[UUID | None] = mapped_column(default=None)
