"""The audit log, which the database lets nobody change; auditors."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = ("audit_entry", "audit_checkpoint")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("subject_words", sa.Text(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=True),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("basis_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32 AND length(previous_hash) = 32", name="audit_hash_length"),
        sa.CheckConstraint("sequence > 0", name="audit_sequence"),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
    )
    op.create_index("audit_entry_id", "audit_entry", ["id"], unique=True)
    op.create_index("audit_entry_time", "audit_entry", ["at_us"], unique=False)
    op.create_index("audit_entry_actor", "audit_entry", ["actor_id", "sequence"], unique=False)
    op.create_index("audit_entry_camera", "audit_entry", ["camera_id", "sequence"], unique=False)
    op.create_index("audit_entry_act", "audit_entry", ["act", "sequence"], unique=False)
    op.create_index("audit_entry_refers_to", "audit_entry", ["refers_to"], unique=False)
    op.create_table(
        "audit_checkpoint",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_checkpoint")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        op.drop_constraint("account_role", "account", type_="check")
        op.create_check_constraint("account_role", "account", _ROLES)
    else:
        _guard_sqlite()
        _rebuild_accounts()


def _guard_sqlite() -> None:
    """INSERT OR REPLACE removes a row without asking a trigger on DELETE: so the order of INSERT is guarded as well."""
    op.execute(
        "CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry"
        " WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entry)"
        " OR NEW.previous_hash IS NOT"
        " coalesce((SELECT hash FROM audit_entry ORDER BY sequence DESC LIMIT 1), zeroblob(32))"
        " BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_checkpoint_in_order BEFORE INSERT ON audit_checkpoint"
        " WHEN NEW.sequence <= (SELECT max(sequence) FROM audit_checkpoint)"
        " BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END"
    )
    refuse = "BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END"
    for table in _TABLES:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'audit_append_only' USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_entry_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entry)"
        " OR NEW.previous_hash <> coalesce("
        "(SELECT hash FROM audit_entry ORDER BY sequence DESC LIMIT 1), decode(repeat('00', 32), 'hex'))"
        " THEN RAISE EXCEPTION 'audit_append_only' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_checkpoint_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.sequence <= (SELECT max(sequence) FROM audit_checkpoint)"
        " THEN RAISE EXCEPTION 'audit_append_only' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    for table in _TABLES:
        each = f"ON {table} FOR EACH ROW EXECUTE FUNCTION"
        op.execute(f"CREATE TRIGGER {table}_in_order BEFORE INSERT {each} {table}_order()")
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {each} audit_refuse()")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE {each} audit_refuse()")
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )


_ROLES = "role IN ('administrator', 'auditor', 'guard', 'viewer')"


def _rebuild_accounts() -> None:
    """SQLite changes no constraint in place: the table is copied into one with today's rule. Foreign keys are off."""
    account = sa.Table(
        "account",
        sa.MetaData(),
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
        sa.CheckConstraint(_ROLES, name="account_role"),
        sa.CheckConstraint("language IN ('tr', 'en')", name="account_language"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.Index("account_name_taken", "name", unique=True),
    )
    with op.batch_alter_table("account", copy_from=account, recreate="always"):
        pass
