"""Derived copies that a package holds beside its films."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("export", sa.Column("derived", sa.JSON(), nullable=True))
