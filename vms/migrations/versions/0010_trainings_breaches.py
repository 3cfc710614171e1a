"""Trainings in a room with who attended; breaches of confidentiality with what shows them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _trainings()
    _breaches()


def _trainings() -> None:
    op.create_table(
        "training_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begins_us", sa.BigInteger(), nullable=False),
        sa.Column("ends_us", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("trainer_id", sa.Uuid(), nullable=True),
        sa.Column("trainer_name", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_us", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_by_name", sa.Text(), nullable=False),
        sa.Column("called_off_us", sa.BigInteger(), nullable=True),
        sa.Column("called_off_why", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends_us > begins_us", name="training_ends_before_it_begins"),
        sa.CheckConstraint("length(trim(place)) > 0", name="training_place_missing"),
        sa.CheckConstraint("length(trim(trainer_name)) > 0", name="training_trainer_missing"),
        sa.CheckConstraint("length(topics) > 0", name="training_topics_missing"),
        sa.ForeignKeyConstraint(["trainer_id"], ["person.id"], name=op.f("fk_training_session_trainer_id")),
        sa.ForeignKeyConstraint(["version_id"], ["training_version.id"], name=op.f("fk_training_session_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
    )
    op.create_index("training_session_begins", "training_session", ["begins_us"], unique=False)
    op.create_table(
        "training_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_attendance_session_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_attendance_person_id")),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_training_attendance")),
    )
    op.create_index("training_attendance_of", "training_attendance", ["person_id"], unique=False)


def _breaches() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_us", sa.BigInteger(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("person_words", sa.Text(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("notified", sa.Text(), nullable=False),
        sa.Column("recorded_us", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(trim(what)) > 0", name="breach_what_missing"),
        sa.CheckConstraint("length(trim(action)) > 0", name="breach_action_missing"),
        sa.CheckConstraint("noticed_on >= happened_on", name="breach_noticed_before"),
        sa.CheckConstraint("person_id IS NULL OR person_words = ''", name="breach_of_two"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_breach_person_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_breach_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )
    op.create_index("breach_person", "breach", ["person_id"], unique=False)
    op.create_table(
        "breach_evidence",
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(trim(what)) > 0", name="breach_evidence_missing"),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_evidence_breach_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_breach_evidence_document_id")),
        sa.PrimaryKeyConstraint("breach_id", "position", name=op.f("pk_breach_evidence")),
    )
    op.create_index("breach_evidence_entry", "breach_evidence", ["entry_number"], unique=False)
