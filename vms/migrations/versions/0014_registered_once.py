"""When a hold was looked at again; what a client called its registration, so that a repeated one makes no twin."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE hold ADD COLUMN looked_us BIGINT")
    op.execute("UPDATE hold SET looked_us = starts_us")  # they were, in the moment they were placed
    for table in ("footage_request", "hold"):
        op.add_column(table, sa.Column("sent_key", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("sent_sha256", sa.LargeBinary(), nullable=True))
        op.create_index(f"{table}_sent", table, ["sent_key"], unique=True)
