"""The first control database: cameras, retention policies, alarms, forecasts, sweeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since_us", sa.BigInteger(), nullable=False),
        sa.Column("cleared_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index(
        "alarm_open",
        "alarm",
        ["code", "subject"],
        unique=True,
        sqlite_where=sa.text("cleared_us IS NULL"),
        postgresql_where=sa.text("cleared_us IS NULL"),
    )
    op.create_table(
        "camera",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("is_recorded", sa.Boolean(), nullable=False),
        sa.Column("commissioned_us", sa.BigInteger(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("sealed_main_address", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_sub_address", sa.LargeBinary(), nullable=True),
        sa.Column("retired_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("NOT (kind = 'city_view' AND is_recorded)", name="city_view_not_recorded"),
        sa.CheckConstraint("kind IN ('security', 'city_view')", name="camera_kind"),
        sa.CheckConstraint("transport IN ('auto', 'tcp', 'udp')", name="camera_transport"),
        sa.CheckConstraint("number > 0", name="camera_number_positive"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera")),
    )
    op.create_index(
        "camera_number_taken",
        "camera",
        ["number"],
        unique=True,
        sqlite_where=sa.text("retired_us IS NULL"),
        postgresql_where=sa.text("retired_us IS NULL"),
    )
    op.create_table(
        "retention_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_us", sa.BigInteger(), nullable=False),
        sa.Column("ended_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(scope = 'global') = (target = '')", name="retention_target"),
        sa.CheckConstraint("scope IN ('global', 'site', 'camera')", name="retention_scope"),
        sa.CheckConstraint("days <= 21 OR length(trim(reason)) > 0", name="retention_reason_missing"),
        sa.CheckConstraint("days <= 3650", name="retention_above_maximum"),
        sa.CheckConstraint("days >= 20", name="retention_below_minimum"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_policy")),
    )
    op.create_index(
        "retention_policy_current",
        "retention_policy",
        ["scope", "target"],
        unique=True,
        sqlite_where=sa.text("ended_us IS NULL"),
        postgresql_where=sa.text("ended_us IS NULL"),
    )
    op.create_table(
        "sweep",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volume_uuid", sa.Text(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=False),
        sa.Column("finished_us", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("deleted_segments", sa.BigInteger(), nullable=False),
        sa.Column("deleted_bytes", sa.BigInteger(), nullable=False),
        sa.Column("pressure_segments", sa.BigInteger(), nullable=False),
        sa.Column("pressure_bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep")),
    )
    op.create_index("sweep_finished", "sweep", ["finished_us"], unique=False)
    op.create_table(
        "volume_forecast",
        sa.Column("volume_uuid", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("total_bytes", sa.BigInteger(), nullable=False),
        sa.Column("free_bytes", sa.BigInteger(), nullable=False),
        sa.Column("footage_bytes", sa.BigInteger(), nullable=False),
        sa.Column("held_bytes", sa.BigInteger(), nullable=False),
        sa.Column("ingest_bytes_per_day", sa.BigInteger(), nullable=False),
        sa.Column("days_that_fit", sa.Double(), nullable=True),
        sa.Column("days_until_full", sa.Double(), nullable=True),
        sa.Column("is_retention_at_risk", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("volume_uuid", name=op.f("pk_volume_forecast")),
    )
