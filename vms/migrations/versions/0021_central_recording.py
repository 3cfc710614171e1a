"""Cameras that are recorded by this server for a time."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "central_recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ordered_us", sa.BigInteger(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("ended_us", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("until_us > from_us", name="central_recording_empty"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="central_recording_reason_missing"),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_central_recording_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_recording")),
    )
    op.create_index("central_recording_ends", "central_recording", ["until_us"])
    op.create_index("central_recording_of_camera", "central_recording", ["camera_id", "from_us"])
