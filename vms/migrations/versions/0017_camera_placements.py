"""Where cameras stood when."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "camera_placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("noted_us", sa.BigInteger(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("is_corrected", sa.Boolean(), nullable=False),
        sa.CheckConstraint("until_us IS NULL OR until_us > from_us", name="placement_empty"),
        sa.CheckConstraint("origin IN ('adopted', 'registered', 'moved')", name="placement_origin"),
        sa.CheckConstraint("number > 0", name="placement_number_positive"),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_camera_placement_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_placement")),
    )
    op.create_index("placement_begins", "camera_placement", ["camera_id", "from_us"], unique=True)
    op.create_index(
        "placement_now",
        "camera_placement",
        ["camera_id"],
        unique=True,
        sqlite_where=sa.text("until_us IS NULL"),
        postgresql_where=sa.text("until_us IS NULL"),
    )
    _adopt()


def _adopt() -> None:
    """What stands in the register today is all that is known of the time before; a camera's id is its row's, too."""
    op.execute(
        "INSERT INTO camera_placement"
        " (id, camera_id, from_us, until_us, number, name, site, origin, noted_us, noted_by, is_corrected)"
        " SELECT id, id, began_us, CASE WHEN retired_us <= began_us THEN began_us + 1 ELSE retired_us END, number,"
        " name, site, 'adopted', created_us, '', FALSE FROM (SELECT *, CASE WHEN commissioned_us < created_us THEN"
        " commissioned_us ELSE created_us END AS began_us FROM camera) AS known"
    )
