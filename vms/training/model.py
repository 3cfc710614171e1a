"""Training materials, their versions, who has read or watched which."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import vms.training.session_model  # noqa: F401 - its tables belong to the same schema
from vms.kernel.database import Base
from vms.people.model import Account  # its table is referred to


class Material(Base):
    """Something to read or watch (eğitim materyali, D-17.1c). Rows are withdrawn, never deleted.

    `topics`: as `rules.check_topics` writes them. `created_by`: the account; None: the command line.
    """

    __tablename__ = "training_material"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="training_title_invalid"),
        CheckConstraint("length(topics) > 0", name="training_topics_missing"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    topics: Mapped[str]
    created_us: Mapped[int]
    created_by: Mapped[UUID | None]
    created_by_name: Mapped[str]
    withdrawn_us: Mapped[int | None] = mapped_column(default=None)


class Version(Base):
    """A file of a material, under the hash of its bytes. Of the published the newest counts; a file never changes.

    `pages` of a PDF, `duration_ms` of a film.
    """

    __tablename__ = "training_version"
    __table_args__ = (
        CheckConstraint("media_type IN ('application/pdf', 'video/mp4', 'video/webm')", name="training_media_type"),
        CheckConstraint("(media_type = 'application/pdf') = (pages IS NOT NULL)", name="training_pages"),
        CheckConstraint("(pages IS NULL) = (duration_ms IS NOT NULL)", name="training_duration"),
        Index("training_version_of", "material_id", "number", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    material_id: Mapped[UUID] = mapped_column(ForeignKey(Material.id))
    number: Mapped[int]
    sha256: Mapped[bytes]
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    uploaded_us: Mapped[int]
    uploaded_by: Mapped[UUID | None]
    uploaded_by_name: Mapped[str]
    pages: Mapped[int | None] = mapped_column(default=None)
    duration_ms: Mapped[int | None] = mapped_column(default=None)
    published_us: Mapped[int | None] = mapped_column(default=None)


class Acknowledgement(Base):
    """That somebody has read or watched a version, and understood it: said in their own session. Never taken back."""

    __tablename__ = "training_acknowledgement"
    __table_args__ = (
        Index("training_acknowledged_once", "version_id", "account_id", unique=True),
        Index("training_acknowledged_by", "account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    at_us: Mapped[int]
