"""Who takes part: milestones, attendance, certificates, outcomes

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# A certificate says what it said; it can only be revoked, and no longer names who has left the house.
KEPT = """
CREATE FUNCTION certificates_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.told = OLD.told || '{"holder": ""}'
            AND (NEW.code, NEW.number, NEW.present_minutes, NEW.required_minutes, NEW.issued_at)
                IS NOT DISTINCT FROM (OLD.code, OLD.number, OLD.present_minutes, OLD.required_minutes, OLD.issued_at)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a certificate stays as it was issued' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'certificates_are_kept';
END $$;
CREATE TRIGGER certificates_are_kept BEFORE UPDATE OF told, code, number, present_minutes, required_minutes, issued_at OR DELETE ON certificate FOR EACH ROW EXECUTE FUNCTION certificates_are_kept();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "edition_milestone",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_edition_milestone_edition_id"), "edition_milestone", ["edition_id"], unique=False)
    op.create_table(
        "programme_meeting",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="programme_meeting_bounded"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "programme_meeting_of_edition",
        "programme_meeting",
        ["edition_id", sa.literal_column("lower(period)")],
        unique=False,
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("agreement_number", sa.Text(), nullable=False),
        sa.Column("agreement_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_on IS NOT NULL) = (state IN ('graduated', 'withdrawn', 'removed'))", name="participation_ended"
        ),
        sa.CheckConstraint("state <> 'removed' OR reason <> ''", name="participation_removed_for_a_reason"),
        sa.CheckConstraint(
            "state IN ('admitted', 'active', 'graduated', 'withdrawn', 'removed')", name="participation_state"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id"),
    )
    op.create_index("participation_of_account", "participation", ["account_id"], unique=False)
    op.create_index("participation_of_organisation", "participation", ["organisation_id"], unique=False)
    op.create_index(
        "participation_once",
        "participation",
        ["edition_id", sa.literal_column("coalesce(organisation_id, account_id)")],
        unique=True,
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("programme_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("evidence IN ('check_in', 'list', 'online_log', 'coordinator')", name="attendance_evidence"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="attendance_minutes"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_meeting_id"],
            ["programme_meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "programme_meeting_id",
            "participation_id",
            "account_id",
            name="attendance_once",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        "attendance_of_participation",
        "attendance",
        ["participation_id"],
        unique=False,
        postgresql_include=["programme_meeting_id", "minutes"],
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("present_minutes", sa.Integer(), nullable=False),
        sa.Column("required_minutes", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("present_minutes BETWEEN 0 AND required_minutes", name="certificate_minutes"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("edition_id", "number", name="certificate_number"),
    )
    op.create_index(
        "certificate_once",
        "certificate",
        ["participation_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name="milestone_accepted"),
        sa.CheckConstraint("state IN ('open', 'handed_in', 'accepted', 'returned')", name="milestone_state"),
        sa.CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="milestone_accepted_by"),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["edition_milestone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("milestone_of_participation", "milestone", ["participation_id", "due_on"], unique=False)
    op.create_table(
        "outcome_survey",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_business", sa.Boolean(), nullable=True),
        sa.Column("jobs_fte", sa.Integer(), nullable=True),
        sa.Column("revenue_band", sa.Text(), nullable=True),
        sa.Column("funding_minor", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "revenue_band IN ('none', 'to_50', 'to_200', 'to_1000', 'above_1000')", name="outcome_survey_band"
        ),
        sa.CheckConstraint("stage IN ('exit', 'six_months', 'twelve_months')", name="outcome_survey_stage"),
        sa.CheckConstraint("(answered_at IS NULL) = (in_business IS NULL)", name="outcome_survey_answered"),
        sa.CheckConstraint("jobs_fte >= 0 AND funding_minor >= 0", name="outcome_survey_not_negative"),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name="outcome_survey_reminders"),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("participation_id", "stage", name="outcome_survey_once"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(
        "outcome_survey_due",
        "outcome_survey",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    script(KEPT)


def downgrade() -> None:
    op.drop_index("outcome_survey_due", table_name="outcome_survey", postgresql_where=sa.text("answered_at IS NULL"))
    op.drop_table("outcome_survey")
    op.drop_index("milestone_of_participation", table_name="milestone")
    op.drop_table("milestone")
    op.drop_index(
        "certificate_once",
        table_name="certificate",
        postgresql_where=sa.text("revoked_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_table("certificate")
    op.drop_index(
        "attendance_of_participation", table_name="attendance", postgresql_include=["programme_meeting_id", "minutes"]
    )
    op.drop_table("attendance")
    op.drop_index("participation_once", table_name="participation")
    op.drop_index("participation_of_organisation", table_name="participation")
    op.drop_index("participation_of_account", table_name="participation")
    op.drop_table("participation")
    op.drop_index("programme_meeting_of_edition", table_name="programme_meeting")
    op.drop_table("programme_meeting")
    op.drop_index(op.f("ix_edition_milestone_edition_id"), table_name="edition_milestone")
    op.drop_table("edition_milestone")
    op.execute("DROP FUNCTION certificates_are_kept()")
