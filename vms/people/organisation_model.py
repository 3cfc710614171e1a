"""The municipality's units with the persons who work in them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.kernel.turkish import folded, sort_key


class OrganisationUnit(Base):
    """A unit of the municipality (birim). Rows are closed, never deleted: papers go on naming them.

    `parent_id`: None for the municipality itself only. `supervisor_id`: who signs for it (birim amiri); None: vacant.
    """

    __tablename__ = "organisation_unit"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('municipality', 'presidency', 'general_secretariat', 'deputy_general_secretariat', 'department',"
            " 'branch', 'chieftaincy', 'unit')",
            name="unit_kind",
        ),
        CheckConstraint("(kind = 'municipality') = (parent_id IS NULL)", name="unit_parent_missing"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="unit_circle"),
        Index("organisation_unit_parent", "parent_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation_unit.id"))
    name: Mapped[str]
    kind: Mapped[str]
    created_us: Mapped[int]
    supervisor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", use_alter=True, name="fk_organisation_unit_supervisor_id"), default=None
    )
    closed_us: Mapped[int | None] = mapped_column(default=None)


class Person(Base):
    """Somebody who works for the municipality (kurum personeli, D-3.1e), with an account or without one.

    Two with one name are two persons; `registry_no` (sicil no), unique when given, tells them apart. Rows are never
    deleted: papers go on naming them. `name_order`, `words_folded` are made from it all, for lists and for searching.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "employment_kind IN ('civil_servant', 'contract', 'worker', 'support_service')", name="employment_kind"
        ),
        Index("person_registry_no_taken", "registry_no", unique=True),
        Index("person_unit", "unit_id"),
        Index("person_name_order", "name_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("organisation_unit.id"))
    employment_kind: Mapped[str]
    created_us: Mapped[int]
    registry_no: Mapped[str | None] = mapped_column(default=None)
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    left_us: Mapped[int | None] = mapped_column(default=None)
    name_order: Mapped[bytes] = mapped_column(init=False, repr=False)
    words_folded: Mapped[str] = mapped_column(init=False, repr=False)

    def __post_init__(self) -> None:
        self.describe(self.full_name, self.registry_no, self.title)

    def describe(self, full_name: str, registry_no: str | None, title: str) -> None:
        """Be called so from now on."""
        self.full_name, self.registry_no, self.title = full_name, registry_no, title
        self.name_order = sort_key(full_name)
        self.words_folded = folded(f"{full_name} {registry_no or ''} {title}")

    def is_staff(self, now_us: int) -> bool:
        """Whether they work for the municipality now (D-3.1e, D-3.1f): contracted guards do as well."""
        return self.left_us is None or now_us < self.left_us
