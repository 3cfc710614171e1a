"""Documents with their signed files."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBERED = "year IS NOT NULL AND sequence IS NOT NULL AND code IS NOT NULL AND pdf_sha256 IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("pdf_bytes", sa.BigInteger(), nullable=True),
        sa.Column("pages", sa.BigInteger(), nullable=True),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("issued_us", sa.BigInteger(), nullable=True),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("superseded_us", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_us", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_by_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_by", sa.Text(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("kind LIKE 'P-__'", name="document_kind"),
        sa.CheckConstraint("state IN ('draft', 'issued', 'signed', 'superseded', 'cancelled')", name="document_state"),
        sa.CheckConstraint(f"state IN ('draft', 'cancelled') OR ({_NUMBERED})", name="document_without_number"),
        sa.CheckConstraint("version >= 1", name="document_version"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_document_account_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["document.id"], name=op.f("fk_document_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("document_number_taken", "document", ["kind", "year", "sequence", "version"], unique=True)
    op.create_index("document_code", "document", ["code_sha256"], unique=True)
    op.create_index("document_subject", "document", ["subject_kind", "subject_id"], unique=False)
    op.create_index("document_account", "document", ["account_id"], unique=False)
    op.create_index("document_pdf", "document", ["pdf_sha256"], unique=False)
    op.create_table(
        "document_signed_file",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("signature_kind", sa.Text(), nullable=False),
        sa.Column("matched_by", sa.Text(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("uploaded_us", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.CheckConstraint("signature_kind IN ('e_signature', 'wet')", name="signature_kind"),
        sa.CheckConstraint("matched_by IN ('bytes', 'code', 'eye')", name="signed_file_check"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_signed_file_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_signed_file")),
    )
    op.create_index("document_signed_file_sha256", "document_signed_file", ["sha256"], unique=False)
