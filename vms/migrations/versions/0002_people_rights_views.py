"""People with their sessions, viewing rights, saved views, tours."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_set_us", sa.BigInteger(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("disabled_us", sa.BigInteger(), nullable=True),
        sa.Column("failed_sign_ins", sa.BigInteger(), nullable=False),
        sa.Column("locked_until_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("role IN ('administrator', 'guard', 'viewer')", name="account_role"),
        sa.CheckConstraint("language IN ('tr', 'en')", name="account_language"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index("account_name_taken", "account", ["name"], unique=True)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
    )
    op.create_index("sign_in_session_account", "sign_in_session", ["account_id"], unique=False)
    op.create_index("sign_in_session_token", "sign_in_session", ["token_sha256"], unique=True)
    op.create_table(
        "viewing_right",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("is_playback", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("revoked_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("is_live OR is_playback", name="right_without_mode"),
        sa.CheckConstraint("until_us IS NULL OR until_us > from_us", name="right_ends_before_it_begins"),
        sa.CheckConstraint("length(trim(basis)) > 0", name="basis_missing"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_viewing_right_account_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_viewing_right_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing_right")),
    )
    op.create_index("viewing_right_of", "viewing_right", ["account_id", "camera_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_saved_view_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index("saved_view_owner", "saved_view", ["owner_id"], unique=False)
    op.create_table(
        "tour",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dwell_s", sa.BigInteger(), nullable=False),
        sa.Column("view_ids", sa.JSON(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("dwell_s BETWEEN 5 AND 300", name="dwell_invalid"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_tour_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour")),
    )
    op.create_index("tour_owner", "tour", ["owner_id"], unique=False)
