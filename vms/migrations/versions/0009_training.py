"""Training materials, their versions, who has read or watched which."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "training_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_by_name", sa.Text(), nullable=False),
        sa.Column("withdrawn_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("length(trim(title)) > 0", name="training_title_invalid"),
        sa.CheckConstraint("length(topics) > 0", name="training_topics_missing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_material")),
    )
    op.create_table(
        "training_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("uploaded_us", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by_name", sa.Text(), nullable=False),
        sa.Column("pages", sa.BigInteger(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("published_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("media_type IN ('application/pdf', 'video/mp4', 'video/webm')", name="training_media_type"),
        sa.CheckConstraint("(media_type = 'application/pdf') = (pages IS NOT NULL)", name="training_pages"),
        sa.CheckConstraint("(pages IS NULL) = (duration_ms IS NOT NULL)", name="training_duration"),
        sa.ForeignKeyConstraint(
            ["material_id"], ["training_material.id"], name=op.f("fk_training_version_material_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_version")),
    )
    op.create_index("training_version_of", "training_version", ["material_id", "number"], unique=True)
    op.create_table(
        "training_acknowledgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_training_acknowledgement_account_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["training_version.id"], name=op.f("fk_training_acknowledgement_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_acknowledgement")),
    )
    op.create_index("training_acknowledged_once", "training_acknowledgement", ["version_id", "account_id"], unique=True)
    op.create_index("training_acknowledged_by", "training_acknowledgement", ["account_id"], unique=False)
