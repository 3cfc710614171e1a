"""Packages of a request's footage, their delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    _exports()
    _deliveries()


def _exports() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("takes_what_is_there", sa.Boolean(), nullable=False),
        sa.Column("ordered_us", sa.BigInteger(), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=True),
        sa.Column("ordered_by_name", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("planned_bytes", sa.BigInteger(), nullable=True),
        sa.Column("done_bytes", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("passphrase", sa.LargeBinary(), nullable=True),
        sa.Column("built_us", sa.BigInteger(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("manifest_sha256", sa.Text(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.Column("purge_why", sa.Text(), nullable=True),
        sa.Column("purge_due_us", sa.BigInteger(), nullable=True),
        sa.Column("purged_us", sa.BigInteger(), nullable=True),
        sa.Column("destruction_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'building', 'ready', 'failed', 'purged')", name="export_state"),
        sa.CheckConstraint(
            "purge_why IS NULL OR purge_why IN ('delivered', 'withdrawn', 'replaced')", name="export_purge_why"
        ),
        sa.CheckConstraint("(purge_due_us IS NULL) = (purge_why IS NULL)", name="export_purge_without_why"),
        sa.CheckConstraint("(state = 'purged') = (purged_us IS NOT NULL)", name="export_purged"),
        sa.CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", name="export_ready_without_hash"),
        sa.CheckConstraint("state <> 'purged' OR passphrase IS NULL", name="export_passphrase_outlives"),
        sa.ForeignKeyConstraint(["request_id"], ["footage_request.id"], name=op.f("fk_export_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index("export_of", "export", ["request_id", "number"], unique=True)
    op.create_index("export_state_of", "export", ["state"], unique=False)


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("prepared_us", sa.BigInteger(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_by_name", sa.Text(), nullable=False),
        sa.Column("medium_serial", sa.Text(), nullable=False),
        sa.Column("passphrase_route", sa.Text(), nullable=False),
        sa.Column("receiver_name", sa.Text(), nullable=False),
        sa.Column("receiver_title", sa.Text(), nullable=False),
        sa.Column("receiver_institution", sa.Text(), nullable=False),
        sa.Column("receiver_identity_no", sa.Text(), nullable=False),
        sa.Column("receiver_identity_seen", sa.Text(), nullable=False),
        sa.Column("signed_us", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_by_name", sa.Text(), nullable=False),
        sa.Column("delivered_us", sa.BigInteger(), nullable=True),
        sa.Column("delivered_by", sa.Uuid(), nullable=True),
        sa.Column("delivered_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("medium IN ('dvd', 'usb', 'disk', 'secure_link', 'kep')", name="delivery_medium"),
        sa.CheckConstraint("channel IN ('by_hand', 'post', 'kep', 'secure_link')", name="delivery_channel"),
        sa.CheckConstraint(
            "delivered_us IS NULL OR length(trim(receiver_name)) > 0 AND length(trim(receiver_identity_no)) > 0",
            name="delivery_to_nobody",
        ),
        sa.CheckConstraint("delivered_us IS NULL OR signed_us IS NOT NULL", name="delivery_unsigned"),
        sa.ForeignKeyConstraint(["request_id"], ["footage_request.id"], name=op.f("fk_delivery_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index("delivery_of", "delivery", ["request_id"], unique=True)
