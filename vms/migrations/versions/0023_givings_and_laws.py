"""When a letter was given to whom it is with; the laws that a decision quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("letter", sa.Column("assigned_us", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE letter SET assigned_us = coalesce((SELECT max(at_us) FROM case_event"
        " WHERE case_id = letter.id AND act = 'letter_assigned'), registered_us) WHERE assignee_id IS NOT NULL"
    )
    op.add_column("footage_request", sa.Column("laws", sa.JSON(), nullable=False, server_default="[]"))
