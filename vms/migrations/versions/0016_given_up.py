"""Why a package was given up."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("export", sa.Column("given_up_reason", sa.Text(), nullable=False, server_default=""))
