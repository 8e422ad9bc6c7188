"""The directory of entrepreneurs

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_objection",
        sa.Column("nip_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("nip_hash"),
    )
    op.create_table(
        "directory_specialisation",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "directory_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("near", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_index("directory_word_near", "directory_word", ["near"], unique=False, postgresql_using="gin")
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_day", sa.Date(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("applied_at IS NULL OR bad = 0", name="directory_import_whole"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("directory_import_made", "directory_import", ["made_at"], unique=False)
    op.create_table(
        "directory_profile",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("sole_trader", sa.Boolean(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=True),
        sa.Column("regon", sa.Text(), nullable=True),
        sa.Column("krs", sa.Text(), nullable=True),
        sa.Column("pkd_2007", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("pkd_2025", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("makes_pl", sa.Text(), nullable=False),
        sa.Column("makes_en", sa.Text(), nullable=False),
        sa.Column("looking_for_pl", sa.Text(), nullable=False),
        sa.Column("looking_for_en", sa.Text(), nullable=False),
        sa.Column("offers_pl", sa.Text(), nullable=False),
        sa.Column("offers_en", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("hidden_because", sa.Text(), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_day", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("still_hash", sa.LargeBinary(), nullable=True),
        sa.Column("care_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(organisation_id IS NULL) = (source <> '')", name="directory_profile_source"),
        sa.CheckConstraint("(state = 'hidden') = (hidden_because <> '')", name="directory_profile_hidden"),
        sa.CheckConstraint("(state = 'waiting') = (publish_at IS NOT NULL)", name="directory_profile_waiting"),
        sa.CheckConstraint("hidden_because IN ('', 'owner', 'stale', 'desk')", name="directory_profile_hidden_because"),
        sa.CheckConstraint("nip ~ '^[0-9]{10}$'", name="directory_profile_nip_digits"),
        sa.CheckConstraint("state IN ('draft', 'waiting', 'published', 'hidden')", name="directory_profile_state"),
        sa.CheckConstraint("organisation_id IS NOT NULL OR nip IS NOT NULL", name="directory_profile_imported_has_nip"),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name="directory_profile_reminders"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("care_hash"),
        sa.UniqueConstraint("organisation_id"),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("still_hash"),
    )
    op.create_index(
        "directory_profile_due",
        "directory_profile",
        ["confirmed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index("directory_profile_nip_once", "directory_profile", ["nip"], unique=True)
    op.create_index("directory_profile_of_gmina", "directory_profile", ["gmina_id", "sort_key", "id"], unique=False)
    op.create_index(
        "directory_profile_untold",
        "directory_profile",
        ["id"],
        unique=False,
        postgresql_where=sa.text("source <> '' AND told_at IS NULL AND email <> ''"),
    )
    op.create_index(
        "directory_profile_waits",
        "directory_profile",
        ["publish_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "directory_ambassador",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_reason = '')", name="directory_ambassador_reason"),
        sa.CheckConstraint("withdrawn_on >= given_on", name="directory_ambassador_days"),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["directory_profile.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("directory_ambassador_of", "directory_ambassador", ["profile_id", "given_on"], unique=False)
    op.create_index(
        "directory_ambassador_once",
        "directory_ambassador",
        ["profile_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    op.create_table(
        "directory_entry",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("sections", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("specialisations", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("ambassador", sa.Boolean(), nullable=False),
        sa.Column("looking", sa.Boolean(), nullable=False),
        sa.Column("offering", sa.Boolean(), nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["directory_profile.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile_id"),
    )
    op.create_index("directory_entry_by_name", "directory_entry", ["sort_key", "profile_id"], unique=False)
    op.create_index("directory_entry_of_gmina", "directory_entry", ["gmina_id", "sort_key", "profile_id"], unique=False)
    op.create_index("directory_entry_words", "directory_entry", ["document"], unique=False, postgresql_using="gin")
    op.create_table(
        "directory_logo",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["directory_profile.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile_id"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "directory_profile_specialisation",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("specialisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["directory_profile.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["specialisation_id"],
            ["directory_specialisation.id"],
        ),
        sa.PrimaryKeyConstraint("profile_id", "specialisation_id"),
    )
    op.create_index(
        op.f("ix_directory_profile_specialisation_specialisation_id"),
        "directory_profile_specialisation",
        ["specialisation_id"],
        unique=False,
    )
    op.create_table(
        "directory_request",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome = '')", name="directory_request_closed"),
        sa.CheckConstraint("kind IN ('correct', 'remove')", name="directory_request_kind"),
        sa.CheckConstraint("outcome IN ('', 'done', 'refused')", name="directory_request_outcome"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["directory_profile.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("directory_request_of", "directory_request", ["profile_id"], unique=False)
    op.create_index(
        "directory_request_open",
        "directory_request",
        ["gmina_id", "made_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "directory_request_open", table_name="directory_request", postgresql_where=sa.text("closed_at IS NULL")
    )
    op.drop_index("directory_request_of", table_name="directory_request")
    op.drop_table("directory_request")
    op.drop_index(
        op.f("ix_directory_profile_specialisation_specialisation_id"), table_name="directory_profile_specialisation"
    )
    op.drop_table("directory_profile_specialisation")
    op.drop_table("directory_logo")
    op.drop_index("directory_entry_words", table_name="directory_entry", postgresql_using="gin")
    op.drop_index("directory_entry_of_gmina", table_name="directory_entry")
    op.drop_index("directory_entry_by_name", table_name="directory_entry")
    op.drop_table("directory_entry")
    op.drop_index(
        "directory_ambassador_once", table_name="directory_ambassador", postgresql_where=sa.text("withdrawn_on IS NULL")
    )
    op.drop_index("directory_ambassador_of", table_name="directory_ambassador")
    op.drop_table("directory_ambassador")
    op.drop_index(
        "directory_profile_waits", table_name="directory_profile", postgresql_where=sa.text("state = 'waiting'")
    )
    op.drop_index("directory_profile_untold", table_name="directory_profile")
    op.drop_index("directory_profile_of_gmina", table_name="directory_profile")
    op.drop_index("directory_profile_nip_once", table_name="directory_profile")
    op.drop_index(
        "directory_profile_due", table_name="directory_profile", postgresql_where=sa.text("state = 'published'")
    )
    op.drop_table("directory_profile")
    op.drop_index("directory_import_made", table_name="directory_import")
    op.drop_table("directory_import")
    op.drop_index("directory_word_near", table_name="directory_word", postgresql_using="gin")
    op.drop_table("directory_word")
    op.drop_table("directory_specialisation")
    op.drop_table("directory_objection")
