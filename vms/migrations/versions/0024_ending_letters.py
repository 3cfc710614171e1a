"""The registered letters by which requests are withdrawn, holds released; why cases ended."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("footage_request", sa.Column("withdrawal_letter_id", sa.Uuid(), nullable=True))
    op.create_index("footage_request_withdrawal", "footage_request", ["withdrawal_letter_id"], unique=False)
    op.add_column("hold", sa.Column("decision_letter_id", sa.Uuid(), nullable=True))
    op.create_index("hold_decision", "hold", ["decision_letter_id"], unique=False)
    hold = sa.table("hold", sa.column("state", sa.Text()), sa.column("ended_why", sa.Text()))
    op.execute(hold.update().where(hold.c.state.in_(["expired", "void"])).values(ended_why=""))
    request = sa.table("footage_request", sa.column("decision", sa.Text()))
    was = request.c.decision == "missing papers did not come by the deadline"
    op.execute(request.update().where(was).values(decision="papers_did_not_come"))
