"""Signing in by a directory, with a second factor; rules that are accepted, passwords that do not come back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("must_enrol", "must_accept"):
        op.add_column("sign_in_session", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "directory_link",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("linked_us", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.CheckConstraint("way IN ('ldap', 'oidc')", name="directory_way"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_directory_link_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_directory_link")),
    )
    op.create_index("directory_link_subject", "directory_link", ["way", "subject"], unique=True)
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("begun_us", sa.BigInteger(), nullable=False),
        sa.Column("pending_secret", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_us", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("wrong_codes", sa.BigInteger(), nullable=False),
        sa.Column("locked_until_us", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    _of_account(
        "recovery_code",
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("used_us", sa.BigInteger(), nullable=True),
    )
    op.create_index("recovery_code_account", "recovery_code", ["account_id"], unique=False)
    _of_account(
        "former_password",
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("replaced_us", sa.BigInteger(), nullable=False),
    )
    op.create_index("former_password_account", "former_password", ["account_id", "replaced_us"], unique=False)
    _of_account(
        "policy_acceptance",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("accepted_us", sa.BigInteger(), nullable=False),
    )
    op.create_index("policy_acceptance_account", "policy_acceptance", ["account_id", "version"], unique=False)
    op.create_table(
        "closed_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_closed_session")),
    )
    op.create_index("closed_session_token", "closed_session", ["token_sha256"], unique=False)


def _of_account(name: str, *columns: sa.Column[object]) -> None:
    """A table of rows that belong to an account."""
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{name}_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
