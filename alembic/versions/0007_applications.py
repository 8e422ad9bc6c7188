"""Calls, their forms, applications and files

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What was handed in stays as it was. It may be deleted when its time of keeping is over.
KEPT = """
CREATE FUNCTION submissions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was handed in stays as it was' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'submissions_are_kept';
END $$;
CREATE TRIGGER submissions_are_kept BEFORE UPDATE ON submission FOR EACH ROW EXECUTE FUNCTION submissions_are_kept();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("youngest_months", sa.Integer(), nullable=True),
        sa.Column("oldest_months", sa.Integer(), nullable=True),
        sa.Column("gmina_ids", postgresql.ARRAY(sa.UUID()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("pkd", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("intro_pl", sa.Text(), nullable=False),
        sa.Column("intro_en", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applications", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name="call_times"),
        sa.CheckConstraint("youngest_months >= 0 AND oldest_months >= youngest_months", name="call_age"),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.PrimaryKeyConstraint("edition_id"),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("pkd", sa.Text(), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supplement_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'draft') <= (number IS NULL)", name="application_numbered"),
        sa.CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name="application_size"),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'supplementing', 'formally_passed', 'formally_rejected', 'below_threshold', 'reserve', 'offered', 'admitted', 'not_admitted', 'declined', 'withdrawn')",
            name="application_state",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["call.edition_id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition_id", "code", name="application_code"),
        sa.UniqueConstraint("edition_id", "number", name="application_number"),
    )
    op.create_index("application_of_account", "application", ["account_id"], unique=False)
    op.create_index("application_of_edition", "application", ["edition_id", "state"], unique=False)
    op.create_index("application_of_organisation", "application", ["organisation_id"], unique=False)
    op.create_index(
        "application_once",
        "application",
        ["edition_id", sa.literal_column("coalesce(organisation_id, account_id)")],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "call_extension",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("num_nonnulls(organisation_id, account_id) = 1", name="call_extension_of_one"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["call.edition_id"],
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "call_extension_of",
        "call_extension",
        ["edition_id", sa.literal_column("coalesce(organisation_id, account_id)")],
        unique=False,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label_pl", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("help_pl", sa.Text(), nullable=False),
        sa.Column("help_en", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("reveals_identity", sa.Boolean(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("media", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("(kind IN ('choice', 'choices')) = (options IS NOT NULL)", name="question_options"),
        sa.CheckConstraint(
            "kind IN ('text', 'paragraph', 'number', 'choice', 'choices', 'file', 'declaration', 'nip', 'date')",
            name="question_kind",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["call.edition_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition_id", "position", deferrable=True, initially="DEFERRED", name="question_position"),
    )
    op.create_table(
        "application_file",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("octet_length(content) = size AND size > 0", name="application_file_whole"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("application_file_of", "application_file", ["application_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=True),
        sa.CheckConstraint("round IN (0, 1)", name="submission_round"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "round"),
    )
    script(KEPT)


def downgrade() -> None:
    op.drop_table("submission")
    op.drop_index("application_file_of", table_name="application_file")
    op.drop_table("application_file")
    op.drop_table("question")
    op.drop_index("call_extension_of", table_name="call_extension")
    op.drop_table("call_extension")
    op.drop_index("application_once", table_name="application", postgresql_where=sa.text("state <> 'withdrawn'"))
    op.drop_index("application_of_organisation", table_name="application")
    op.drop_index("application_of_edition", table_name="application")
    op.drop_index("application_of_account", table_name="application")
    op.drop_table("application")
    op.drop_table("call")
    op.execute("DROP FUNCTION submissions_are_kept()")
