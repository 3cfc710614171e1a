"""Who initials a document before it is signed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("document", sa.Column("chain", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("document", sa.Column("turn_folded", sa.Text(), nullable=False, server_default=""))
    op.create_index("document_turn", "document", ["turn_folded"], unique=False)
    op.create_table(
        "document_initial",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("position >= 0", name="document_initial_position"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_initial_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_initial_person_id")),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_document_initial")),
    )
    op.create_index("document_initial_once", "document_initial", ["document_id", "person_id"], unique=True)
    op.create_index("document_initial_person", "document_initial", ["person_id"], unique=False)
