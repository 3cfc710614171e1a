"""Reminders that were written down; when a grant's Olur came."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("written_us", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("tried_us", sa.BigInteger(), nullable=True),
        sa.Column("next_try_us", sa.BigInteger(), nullable=True),
        sa.Column("done_us", sa.BigInteger(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'refused', 'over')", name="reminder_state"),
        sa.CheckConstraint("(state = 'waiting') = (done_us IS NULL)", name="reminder_done"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index("reminder_once", "reminder", ["key", "person_id"], unique=True)
    op.create_index("reminder_waiting", "reminder", ["state"], unique=False)
    op.add_column("viewing_grant", sa.Column("submitted_us", sa.BigInteger(), nullable=True))
