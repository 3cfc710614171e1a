"""Letters, requests for footage, holds, locks with what volumes confirmed, applications; rights for one interval."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _rights()
    _letters()
    _locks()
    _requests()
    _cases()
    _holds()
    _applications()


def _rights() -> None:
    """Neither statement rebuilds the table, so its other rules stay what they are."""
    op.execute("ALTER TABLE viewing_right ADD COLUMN footage_from_us BIGINT")
    op.execute(
        "ALTER TABLE viewing_right ADD COLUMN footage_until_us BIGINT"
        " CONSTRAINT right_footage CHECK ((footage_from_us IS NULL) = (footage_until_us IS NULL))"
        " CONSTRAINT right_footage_is_past CHECK (footage_from_us IS NULL OR NOT is_live)"
    )


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("served_us", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("registered_us", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=True),
        sa.Column("registered_by_name", sa.Text(), nullable=False),
        sa.Column("ebys_no", sa.Text(), nullable=False),
        sa.Column("ebys_on", sa.Date(), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("file_type", sa.Text(), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=True),
        sa.Column("file_pages", sa.BigInteger(), nullable=True),
        sa.Column("file_us", sa.BigInteger(), nullable=True),
        sa.Column("file_by_name", sa.Text(), nullable=False),
        sa.Column("signature_kind", sa.Text(), nullable=True),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("due_us", sa.BigInteger(), nullable=True),
        sa.Column("done_us", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.CheckConstraint("sender IN ('authority', 'unit', 'other')", name="letter_sender"),
        sa.CheckConstraint("channel IN ('ebys', 'kep', 'by_hand', 'post')", name="letter_channel"),
        sa.CheckConstraint(
            "signature_kind IS NULL OR signature_kind IN ('e_signature', 'wet')", name="letter_signature"
        ),
        sa.CheckConstraint("(file_sha256 IS NULL) = (signature_kind IS NULL)", name="letter_without_signature"),
        sa.CheckConstraint("done_us IS NULL OR assignee_id IS NOT NULL", name="letter_done_by_nobody"),
        sa.ForeignKeyConstraint(["assignee_id"], ["account.id"], name=op.f("fk_letter_assignee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index("letter_number", "letter", ["number"], unique=True)
    op.create_index("letter_of_sender", "letter", ["no", "on"], unique=False)
    op.create_index("letter_assignee", "letter", ["assignee_id"], unique=False)


def _locks() -> None:
    op.create_table(
        "lock_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("ordered_us", sa.BigInteger(), nullable=False),
        sa.Column("release_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("until_us > from_us", name="lock_order_empty"),
        sa.CheckConstraint("owner IN ('request', 'hold')", name="lock_order_owner"),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_lock_order_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_order")),
    )
    op.create_index("lock_order_of", "lock_order", ["owner_id"], unique=False)
    op.create_index("lock_order_released", "lock_order", ["release_us"], unique=False)
    op.create_table(
        "lock_confirmation",
        sa.Column("lock_id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("placed_us", sa.BigInteger(), nullable=False),
        sa.Column("is_released", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["lock_id"], ["lock_order.id"], name=op.f("fk_lock_confirmation_lock_id")),
        sa.PrimaryKeyConstraint("lock_id", "volume_id", name=op.f("pk_lock_confirmation")),
    )


def _requests() -> None:
    op.create_table(
        "footage_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("authority_kind", sa.Text(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_judicial", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered_us", sa.BigInteger(), nullable=False),
        sa.Column("due_soft_us", sa.BigInteger(), nullable=False),
        sa.Column("due_hard_us", sa.BigInteger(), nullable=False),
        sa.Column("file_no", sa.Text(), nullable=False),
        sa.Column("event_place", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("olur_no", sa.Text(), nullable=False),
        sa.Column("olur_on", sa.Date(), nullable=True),
        sa.Column("olur_issuer", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_us", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_us", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("return_until_us", sa.BigInteger(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("searched_us", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_us", sa.BigInteger(), nullable=True),
        sa.Column("answer_no", sa.Text(), nullable=False),
        sa.Column("answer_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('registered', 'returned', 'approved', 'available', 'partially_available', 'unavailable',"
            " 'prepared', 'delivered', 'refused', 'closed')",
            name="request_state",
        ),
        sa.CheckConstraint("origin IN ('external', 'internal')", name="request_origin"),
        sa.CheckConstraint("(origin = 'external') = (authority_kind IS NOT NULL)", name="request_authority_missing"),
        sa.CheckConstraint(
            "authority_kind IS NULL OR authority_kind IN ('civil_administrator', 'prosecutor', 'law_enforcement',"
            " 'court', 'other_official')",
            name="not_an_authority",
        ),
        sa.CheckConstraint("origin = 'external' OR length(olur_no) > 0", name="olur_missing"),
        sa.CheckConstraint("NOT (origin = 'internal' AND is_judicial)", name="judicial_event_needs_authority"),
        sa.CheckConstraint(
            "authority_kind IS NULL OR authority_kind <> 'other_official' OR length(legal_basis) > 0",
            name="legal_basis_missing",
        ),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="request_outcome"),
        sa.CheckConstraint("(state = 'returned') = (return_until_us IS NOT NULL)", name="request_returned"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_footage_request_letter_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_footage_request_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footage_request")),
    )
    op.create_index("footage_request_number", "footage_request", ["number"], unique=True)
    op.create_index("footage_request_letter", "footage_request", ["letter_id"], unique=False)
    op.create_index("footage_request_officer", "footage_request", ["officer_id"], unique=False)
    op.create_index("footage_request_state", "footage_request", ["state"], unique=False)


def _cases() -> None:
    op.create_table(
        "request_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("lock_id", sa.Uuid(), nullable=True),
        sa.Column("found", sa.JSON(), nullable=True),
        sa.CheckConstraint("until_us > from_us", name="interval_empty"),
        sa.ForeignKeyConstraint(["request_id"], ["footage_request.id"], name=op.f("fk_request_item_request_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_request_item_camera_id")),
        sa.ForeignKeyConstraint(["lock_id"], ["lock_order.id"], name=op.f("fk_request_item_lock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_item")),
    )
    op.create_index("request_item_of", "request_item", ["request_id"], unique=False)
    op.create_index("request_item_camera", "request_item", ["camera_id"], unique=False)
    op.create_table(
        "request_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("duty IN ('register', 'approve', 'export', 'sign', 'deliver')", name="request_duty_kind"),
        sa.ForeignKeyConstraint(["request_id"], ["footage_request.id"], name=op.f("fk_request_duty_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_duty")),
    )
    op.create_index("request_duty_of", "request_duty", ["request_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index("case_event_of", "case_event", ["case_id", "sequence"], unique=True)


def _holds() -> None:
    op.create_table(
        "hold_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_us", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("answered_us", sa.BigInteger(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until_us > from_us", name="hold_ask_empty"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="hold_ask_reason"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_hold_ask_account_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_hold_ask_camera_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_ask")),
    )
    op.create_index("hold_ask_waiting", "hold_ask", ["answered_us"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_us", sa.BigInteger(), nullable=False),
        sa.Column("ends_us", sa.BigInteger(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=True),
        sa.Column("placed_by_name", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("asked_how", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("incident_us", sa.BigInteger(), nullable=True),
        sa.Column("extends_id", sa.Uuid(), nullable=True),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("signed_us", sa.BigInteger(), nullable=True),
        sa.Column("signed_by_name", sa.Text(), nullable=False),
        sa.Column("ended_us", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.CheckConstraint("basis IN ('unwritten_request', 'pre_investigation')", name="hold_basis"),
        sa.CheckConstraint("state IN ('open', 'active', 'released', 'expired', 'void')", name="hold_state"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="reason_required"),
        sa.CheckConstraint(
            "basis <> 'unwritten_request' OR length(trim(institution)) > 0", name="institution_required"
        ),
        sa.CheckConstraint("basis <> 'pre_investigation' OR length(trim(incident)) > 0", name="incident_required"),
        sa.CheckConstraint("ends_us > starts_us", name="hold_ends_before_it_begins"),
        sa.CheckConstraint("ends_us - starts_us <= 7862400000000", name="hold_too_long"),
        sa.CheckConstraint("(state IN ('released', 'expired', 'void')) = (ended_us IS NOT NULL)", name="hold_ended"),
        sa.ForeignKeyConstraint(["extends_id"], ["hold.id"], name=op.f("fk_hold_extends_id")),
        sa.ForeignKeyConstraint(["ask_id"], ["hold_ask.id"], name=op.f("fk_hold_ask_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index("hold_number", "hold", ["number"], unique=True)
    op.create_index("hold_state_of", "hold", ["state"], unique=False)
    op.create_index("hold_extends", "hold", ["extends_id"], unique=False)
    op.create_table(
        "hold_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("lock_id", sa.Uuid(), nullable=True),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.CheckConstraint("until_us > from_us", name="hold_interval_empty"),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_hold_item_hold_id")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_hold_item_camera_id")),
        sa.ForeignKeyConstraint(["lock_id"], ["lock_order.id"], name=op.f("fk_hold_item_lock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_item")),
    )
    op.create_index("hold_item_of", "hold_item", ["hold_id"], unique=False)
    op.create_table(
        "hold_request",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("linked_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_hold_request_hold_id")),
        sa.ForeignKeyConstraint(["request_id"], ["footage_request.id"], name=op.f("fk_hold_request_request_id")),
        sa.PrimaryKeyConstraint("hold_id", "request_id", name=op.f("pk_hold_request")),
    )
    op.create_index("hold_request_of", "hold_request", ["request_id"], unique=False)


def _applications() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.Column("due_us", sa.BigInteger(), nullable=False),
        sa.Column("registered_us", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=True),
        sa.Column("registered_by_name", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("answered_us", sa.BigInteger(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_no", sa.Text(), nullable=False),
        sa.Column("answer_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('citizen', 'company', 'public_body', 'data_subject')", name="application_kind"),
        sa.CheckConstraint(
            "channel IN ('cimer', 'call_centre', 'e_municipality', 'mobile', 'web', 'petition')",
            name="application_channel",
        ),
        sa.CheckConstraint("(answered_us IS NULL) = (answer = '')", name="application_answer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index("application_number", "application", ["number"], unique=True)
    op.create_index("application_open", "application", ["answered_us", "due_us"], unique=False)
