"""The papers that rights to see stand on; rights that stood on none end."""

import sqlalchemy as sa
from alembic import op

from vms.kernel.clock import SystemClock

revision = "0007"
down_revision = "0006"

_ID = ("id", sa.Uuid(), False)
_RIGHT_RULES = (
    ("right_without_mode", "is_live OR is_playback"),
    ("right_ends_before_it_begins", "until_us IS NULL OR until_us > from_us"),
    ("right_without_end", "until_us IS NOT NULL OR revoked_us IS NOT NULL"),
    ("right_without_paper", "source_id IS NOT NULL OR revoked_us IS NOT NULL"),
    ("basis_missing", "length(trim(basis)) > 0"),
)
_STATES = "state IN ('draft', 'submitted', 'active', 'suspended', 'revoked', 'superseded', 'replaced', 'cancelled')"


def upgrade() -> None:
    _create_agreements()
    _create_posts()
    _create_grants()
    _create_reviews()
    _create_work_orders()
    if op.get_bind().dialect.name == "postgresql":
        _change_rights()
    else:
        _rebuild_rights()
    op.create_index("viewing_right_source", "viewing_right", ["source_id"], unique=False)


def _create(name: str, columns: list[tuple], refers: dict[str, str], rules: list[tuple[str, str]] = ()) -> None:  # type: ignore[type-arg,assignment]
    keys = [column for column, *more in columns if more[-1] == "key"] or ["id"]
    op.create_table(
        name,
        *(sa.Column(column, kind, nullable=nullable is True) for column, kind, nullable in columns),
        *(sa.CheckConstraint(rule, name=rule_name) for rule_name, rule in rules),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in refers.items()
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )


def _text(*names: str) -> list[tuple]:  # type: ignore[type-arg]
    return [(name, sa.Text(), False) for name in names]


def _us(*names: str, nullable: bool = False) -> list[tuple]:  # type: ignore[type-arg]
    return [(name, sa.BigInteger(), nullable) for name in names]


def _by(word: str) -> list[tuple]:  # type: ignore[type-arg]
    return [(word, sa.Uuid(), True), (f"{word}_name", sa.Text(), False)]


def _uuid(*names: str, nullable: object = False) -> list[tuple]:  # type: ignore[type-arg]
    return [(name, sa.Uuid(), nullable) for name in names]


def _create_agreements() -> None:
    _create("agreement_text", [_ID, *_text("version"), *_us("from_us"), ("must_resign", sa.Boolean(), False)], {})
    op.create_index("agreement_text_version", "agreement_text", ["version"], unique=True)
    _create(
        "agreement",
        [
            _ID, *_uuid("person_id"), *_text("version"), ("signed_on", sa.Date(), False), *_text("reference"),
            *_us("recorded_us"), *_by("recorded_by"), *_uuid("document_id", nullable=True),
            *_us("ended_us", nullable=True), ("ended_as", sa.Text(), True),
        ],
        {"person_id": "person"},
        [
            ("agreement_ended", "(ended_us IS NULL) = (ended_as IS NULL)"),
            ("agreement_ended_as", "ended_as IN ('superseded', 'withdrawn')"),
        ],
    )  # fmt: skip
    op.create_index("agreement_person", "agreement", ["person_id"], unique=False)
    _create(
        "duty_change",
        [
            _ID, *_uuid("person_id"), *_text("letter_no"), ("letter_on", sa.Date(), False), *_us("effective_us"),
            *_text("note"), *_us("entered_us"), *_by("entered_by"),
        ],
        {"person_id": "person"},
        [("duty_change_letter_missing", "length(trim(letter_no)) > 0")],
    )  # fmt: skip
    op.create_index("duty_change_person", "duty_change", ["person_id"], unique=False)


def _create_posts() -> None:
    _create(
        "post", [_ID, *_text("name", "site"), *_us("created_us"), *_us("closed_us", nullable=True)], {},
        [("post_name_missing", "length(trim(name)) > 0")],
    )  # fmt: skip
    op.create_index("post_name_taken", "post", ["name"], unique=True)
    _create("post_camera", _uuid("post_id", "camera_id", nullable="key"), {"post_id": "post", "camera_id": "camera"})
    _create(
        "assignment",
        [
            _ID, *_uuid("account_id", "post_id"), *_text("letter_no"), ("letter_on", sa.Date(), False),
            *_text("training"), *_us("from_us", "until_us"), *_by("entered_by"), *_us("entered_us"),
            *_us("limit_us", "ended_us", nullable=True), *_text("ended_why"), *_uuid("document_id", nullable=True),
        ],
        {"account_id": "account", "post_id": "post"},
        [
            ("assignment_ends_before_it_begins", "until_us > from_us"),
            ("assignment_letter_missing", "length(trim(letter_no)) > 0"),
        ],
    )  # fmt: skip
    op.create_index("assignment_account", "assignment", ["account_id"], unique=False)
    op.create_index("assignment_post", "assignment", ["post_id"], unique=False)


def _create_grants() -> None:
    _create(
        "viewing_grant",
        [
            _ID, *_us("number"), *_uuid("account_id", "person_id"), *_text("state", "purpose"),
            ("is_live", sa.Boolean(), False), ("is_playback", sa.Boolean(), False), *_us("days"), *_by("entered_by"),
            *_us("entered_us"), *_text("olur_no"), ("olur_on", sa.Date(), True), *_text("olur_issuer"),
            ("olur_ends_on", sa.Date(), True), *_uuid("olur_document_id", nullable=True), *_text("training"),
            *_us("limit_us", nullable=True), ("replaces", sa.Text(), True), *_uuid("replaces_id", nullable=True),
            *_by("activated_by"), *_us("activated_us", nullable=True), ("suspended_as", sa.Text(), True),
            *_us("ended_us", nullable=True), *_text("ended_why"), *_uuid("document_id", nullable=True),
        ],
        {"account_id": "account", "person_id": "person", "replaces_id": "viewing_grant"},
        [
            ("grant_state", _STATES),
            ("grant_without_mode", "is_live OR is_playback"),
            ("grant_too_long", "days BETWEEN 1 AND 180"),
            ("grant_replaces", "(replaces IS NULL) = (replaces_id IS NULL)"),
            ("grant_suspended_as", "(state = 'suspended') = (suspended_as IS NOT NULL)"),
        ],
    )  # fmt: skip
    op.create_index("viewing_grant_number", "viewing_grant", ["number"], unique=True)
    op.create_index("viewing_grant_account", "viewing_grant", ["account_id"], unique=False)
    op.create_index("viewing_grant_person", "viewing_grant", ["person_id"], unique=False)
    op.create_index("viewing_grant_olur", "viewing_grant", ["olur_no", "olur_on"], unique=False)
    _create(
        "viewing_grant_camera",
        _uuid("grant_id", "camera_id", nullable="key"),
        {"grant_id": "viewing_grant", "camera_id": "camera"},
    )
    _create(
        "viewing_grant_period",
        [
            _ID, *_uuid("grant_id"), *_us("number", "registered_us"), *_by("registered_by"),
            *_us("from_us", "until_us", nullable=True), *_text("letter_no"), ("letter_on", sa.Date(), True),
            *_uuid("applicant_id", nullable=True), *_us("cancelled_us", nullable=True),
        ],
        {"grant_id": "viewing_grant", "applicant_id": "person"},
        [
            ("period_half", "(from_us IS NULL) = (until_us IS NULL)"),
            ("period_ends_before_it_begins", "until_us > from_us"),
            ("renewal_letter_missing", "number = 1 OR length(letter_no) > 0"),
        ],
    )  # fmt: skip
    op.create_index("viewing_grant_period_of", "viewing_grant_period", ["grant_id", "number"], unique=True)


def _create_reviews() -> None:
    _create(
        "shared_review",
        [
            _ID, *_uuid("account_id"), *_us("number", "reviewed_us", "until_us"),
            *_text("reviewer", "decision", "note", "olur"), *_by("reviewed_by"), *_uuid("document_id", nullable=True),
        ],
        {"account_id": "account"},
        [
            ("shared_review_decision", "decision IN ('keep', 'reduce', 'close')"),
            ("reviewer_missing", "length(trim(reviewer)) > 0"),
        ],
    )  # fmt: skip
    op.create_index("shared_review_of", "shared_review", ["account_id", "number"], unique=True)
    _create(
        "shared_review_camera",
        _uuid("review_id", "camera_id", nullable="key"),
        {"review_id": "shared_review", "camera_id": "camera"},
    )


def _create_work_orders() -> None:
    _create(
        "work_order",
        [
            _ID, *_us("number"), *_text("kind"), *_uuid("camera_id", "account_id"), *_text("note"),
            *_us("opened_us", "closes_us"), *_by("opened_by"), *_us("closed_us", nullable=True), *_text("closed_why"),
        ],
        {"camera_id": "camera", "account_id": "account"},
        [
            ("work_order_kind", "kind IN ('acceptance', 'fault', 'weekly_check', 'maintenance')"),
            ("work_order_ends_before_it_begins", "closes_us > opened_us"),
        ],
    )  # fmt: skip
    op.create_index("work_order_number", "work_order", ["number"], unique=True)
    op.create_index("work_order_account", "work_order", ["account_id"], unique=False)


def _change_rights() -> None:
    op.add_column("viewing_right", sa.Column("source_kind", sa.Text(), nullable=False, server_default="by_hand"))
    op.add_column("viewing_right", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column("viewing_right", sa.Column("end_code", sa.Text(), nullable=False, server_default="grant_revoked"))
    for column in ("source_kind", "end_code"):
        op.alter_column("viewing_right", column, server_default=None)
    now_us = SystemClock().now_us()
    op.execute(f"UPDATE viewing_right SET revoked_us = {now_us} WHERE revoked_us IS NULL")  # noqa: S608 - a number
    for name, rule in _RIGHT_RULES[2:4]:
        op.create_check_constraint(name, "viewing_right", rule)


def _rebuild_rights() -> None:
    """SQLite changes no constraint in place: the rows are copied into a table with today's. Foreign keys are off."""
    op.create_table(
        "viewing_right_today",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("is_playback", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("end_code", sa.Text(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("revoked_us", sa.BigInteger(), nullable=True),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _RIGHT_RULES),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_viewing_right_account_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_viewing_right_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing_right")),
    )
    kept = "id, account_id, camera_id, is_live, is_playback, basis, from_us, until_us"
    now_us = SystemClock().now_us()
    op.execute(
        f"INSERT INTO viewing_right_today ({kept}, source_kind, end_code, revoked_us)"  # noqa: S608 - names, a number
        f" SELECT {kept}, 'by_hand', 'grant_revoked', coalesce(revoked_us, {now_us}) FROM viewing_right"
    )
    op.drop_table("viewing_right")
    op.rename_table("viewing_right_today", "viewing_right")
    op.create_index("viewing_right_of", "viewing_right", ["account_id", "camera_id"], unique=False)
