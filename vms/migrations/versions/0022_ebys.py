"""Numbers of EBYS: of printed records, and how far each paper is on its way to one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("document", sa.Column("ebys_no", sa.Text(), nullable=False, server_default=""))
    op.add_column("document", sa.Column("ebys_on", sa.Date(), nullable=True))
    op.create_table(
        "ebys_exchange",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_us", sa.BigInteger(), nullable=False),
        sa.Column("asked_us", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("told_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("given_no", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('letter', 'document')", name="ebys_exchange_kind"),
        sa.CheckConstraint("state IN ('waiting', 'told', 'given')", name="ebys_exchange_state"),
        sa.CheckConstraint("state = 'waiting' OR told_sha256 IS NOT NULL", name="ebys_exchange_untold"),
        sa.CheckConstraint("state <> 'given' OR given_no <> ''", name="ebys_exchange_without_number"),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_ebys_exchange")),
    )
    op.create_index("ebys_exchange_due", "ebys_exchange", ["state", "next_us"])
