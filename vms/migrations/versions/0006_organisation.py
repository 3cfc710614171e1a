"""The organisation, persons, roles as rows; whose an account is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_UNIT_KINDS = (
    "kind IN ('municipality', 'presidency', 'general_secretariat', 'deputy_general_secretariat', 'department',"
    " 'branch', 'chieftaincy', 'unit')"
)
_EMPLOYMENT_KINDS = "employment_kind IN ('civil_servant', 'contract', 'worker', 'support_service')"
_ROLES = (
    "role IN ('guard', 'guard_supervisor', 'authorised_viewer', 'unit_supervisor', 'registry_clerk',"
    " 'footage_officer', 'legal_reviewer', 'technician', 'vms_unit_head', 'branch_manager', 'department_head',"
    " 'general_secretary', 'commission_member', 'asset_receiver', 'publisher', 'strategy_unit', 'board_member',"
    " 'project_adviser', 'design_approver', 'test_team_member', 'panel_user', 'data_owner', 'auditor', 'sysadmin',"
    " 'shared_account', 'api_client', 'external_authority', 'public')"
)
_SUPERVISOR_KEY = "fk_organisation_unit_supervisor_id"
_ACCOUNT_RULES = (
    ("account_kind", "kind IN ('personal', 'shared', 'service')"),
    ("responsible_person_missing", "kind = 'personal' OR responsible_person_id IS NOT NULL"),
    ("shared_account_of_one_person", "kind = 'personal' OR person_id IS NULL"),
)


def upgrade() -> None:
    _create_organisation()
    _create_roles()
    # Each account had one role, so its own id serves as the row's.
    op.execute(
        "INSERT INTO role_held (id, account_id, role, from_us) SELECT id, id,"
        " CASE role WHEN 'administrator' THEN 'sysadmin' WHEN 'viewer' THEN 'authorised_viewer' ELSE role END,"
        " created_us FROM account"
    )
    if op.get_bind().dialect.name == "postgresql":
        _change_accounts()
    else:
        _rebuild_accounts()
    op.create_index("account_of_person_taken", "account", ["person_id"], unique=True)


def _create_organisation() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # it takes a foreign key to a table that comes later
    later = sa.ForeignKeyConstraint(["supervisor_id"], ["person.id"], name=_SUPERVISOR_KEY)
    op.create_table(
        "organisation_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("supervisor_id", sa.Uuid(), nullable=True),
        sa.Column("closed_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(_UNIT_KINDS, name="unit_kind"),
        sa.CheckConstraint("(kind = 'municipality') = (parent_id IS NULL)", name="unit_parent_missing"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="unit_circle"),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation_unit.id"], name=op.f("fk_organisation_unit_parent_id")
        ),
        *((later,) if is_sqlite else ()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_unit")),
    )  # fmt: skip
    op.create_index("organisation_unit_parent", "organisation_unit", ["parent_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("employment_kind", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("registry_no", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("left_us", sa.BigInteger(), nullable=True),
        sa.Column("name_order", sa.LargeBinary(), nullable=False),
        sa.Column("words_folded", sa.Text(), nullable=False),
        sa.CheckConstraint(_EMPLOYMENT_KINDS, name="employment_kind"),
        sa.ForeignKeyConstraint(["unit_id"], ["organisation_unit.id"], name=op.f("fk_person_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("person_registry_no_taken", "person", ["registry_no"], unique=True)
    op.create_index("person_unit", "person", ["unit_id"], unique=False)
    op.create_index("person_name_order", "person", ["name_order"], unique=False)
    if not is_sqlite:
        op.create_foreign_key(_SUPERVISOR_KEY, "organisation_unit", "person", ["supervisor_id"], ["id"])


def _create_roles() -> None:
    op.create_table(
        "role_held",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(_ROLES, name="account_role"),
        sa.CheckConstraint("until_us IS NULL OR until_us >= from_us", name="role_ends_before_it_begins"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_held_account_id")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_role_held_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
    )
    op.create_index(
        "role_held_once",
        "role_held",
        ["account_id", "role"],
        unique=True,
        sqlite_where=sa.text("until_us IS NULL"),
        postgresql_where=sa.text("until_us IS NULL"),
    )


def _change_accounts() -> None:
    op.drop_constraint("account_role", "account", type_="check")
    op.drop_column("account", "role")
    op.add_column("account", sa.Column("kind", sa.Text(), nullable=False, server_default="personal"))
    op.alter_column("account", "kind", server_default=None)
    for column in ("person_id", "responsible_person_id"):
        op.add_column("account", sa.Column(column, sa.Uuid(), nullable=True))
        op.create_foreign_key(f"fk_account_{column}", "account", "person", [column], ["id"])
    for name, rule in _ACCOUNT_RULES:
        op.create_check_constraint(name, "account", rule)


def _rebuild_accounts() -> None:
    """SQLite changes no constraint in place: the table is copied into one with today's rules. Foreign keys are off."""
    op.create_table(
        "account_today",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_set_us", sa.BigInteger(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("disabled_us", sa.BigInteger(), nullable=True),
        sa.Column("failed_sign_ins", sa.BigInteger(), nullable=False),
        sa.Column("locked_until_us", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("language IN ('tr', 'en')", name="account_language"),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _ACCOUNT_RULES),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.ForeignKeyConstraint(
            ["responsible_person_id"], ["person.id"], name=op.f("fk_account_responsible_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )  # fmt: skip
    kept = (
        "id, name, display_name, password_hash, password_set_us, created_us, must_change_password, language,"
        " disabled_us, failed_sign_ins, locked_until_us"
    )
    op.execute(f"INSERT INTO account_today ({kept}, kind) SELECT {kept}, 'personal' FROM account")  # noqa: S608 - column names of this file
    op.drop_table("account")
    op.rename_table("account_today", "account")
    op.create_index("account_name_taken", "account", ["name"], unique=True)
