"""The words by which requests, holds, applications are found."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from vms.migrations.folding import folded

revision = "0020"
down_revision = "0019"

_SAID: Mapping[str, tuple[str, ...]] = {
    "footage_request": ("number", "subject", "file_no", "event_place"),
    "hold": ("number", "institution", "incident", "place", "reason"),
    "application": ("number", "applicant", "subject", "reference"),
}


def upgrade() -> None:
    for name, said in _SAID.items():
        op.add_column(name, sa.Column("words_folded", sa.Text(), nullable=False, server_default=""))
        columns: list[sa.ColumnClause[str]] = [sa.column(one) for one in said]
        table = sa.table(name, sa.column("id", sa.Uuid()), sa.column("words_folded", sa.Text()), *columns)
        connection = op.get_bind()
        for row in connection.execute(sa.select(table)).all():
            words = folded(" ".join(str(part) for one in said if (part := getattr(row, one))))
            connection.execute(sa.update(table).where(table.c.id == row.id).values(words_folded=words))
