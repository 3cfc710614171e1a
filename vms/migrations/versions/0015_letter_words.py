"""The words by which letters of the register are found."""

import sqlalchemy as sa
from alembic import op

from vms.migrations.folding import folded

revision = "0015"
down_revision = "0014"

_SAID = ("number", "sender_name", "no", "subject", "ebys_no")
_LETTER = sa.table(
    "letter", sa.column("id", sa.Uuid()), sa.column("words_folded", sa.Text()), *(sa.column(name) for name in _SAID)
)


def upgrade() -> None:
    op.add_column("letter", sa.Column("words_folded", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    for row in connection.execute(sa.select(_LETTER)).all():
        said = (str(getattr(row, name)) for name in _SAID)
        words = folded(" ".join(one for one in said if one))
        connection.execute(sa.update(_LETTER).where(_LETTER.c.id == row.id).values(words_folded=words))
