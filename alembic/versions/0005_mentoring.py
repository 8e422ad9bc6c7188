"""Mentors, their hours, the meetings with them

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What both sides confirmed stays as they confirmed it; only what a person wrote may go, when they do.
LOCKED = """
CREATE FUNCTION meeting_record_is_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.question IN (OLD.question, '') AND NEW.outcome IN (OLD.outcome, '')
        AND NEW.reason IN (OLD.reason, '')
        AND to_jsonb(NEW) - '{question,outcome,reason}'::text[] = to_jsonb(OLD) - '{question,outcome,reason}'::text[]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the record of meeting % is locked', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'meeting_record_is_locked';
END $$;
CREATE TRIGGER meeting_record_is_locked BEFORE UPDATE OR DELETE ON meeting
    FOR EACH ROW WHEN (OLD.locked_at IS NOT NULL) EXECUTE FUNCTION meeting_record_is_locked();
"""
TOPICS = (
    ("pomysl", "Pomysł i model biznesowy", "Idea and business model"),
    ("rynek", "Badanie rynku i klienci", "Market research and customers"),
    ("marketing", "Marketing i marka", "Marketing and brand"),
    ("sprzedaz", "Sprzedaż", "Sales"),
    ("finanse", "Finanse i płynność", "Finance and cash flow"),
    ("finansowanie", "Dotacje i inwestorzy", "Grants and investors"),
    ("prawo", "Prawo i umowy", "Law and contracts"),
    ("podatki", "Podatki i księgowość", "Tax and accounting"),
    ("wlasnosc", "Własność intelektualna", "Intellectual property"),
    ("technologia", "Technologia i oprogramowanie", "Technology and software"),
    ("dane", "Dane i sztuczna inteligencja", "Data and artificial intelligence"),
    ("produkt", "Projektowanie produktu", "Product design"),
    ("produkcja", "Produkcja i prototypy", "Production and prototypes"),
    ("zywnosc", "Żywność i produkt lokalny", "Food and local produce"),
    ("turystyka", "Turystyka", "Tourism"),
    ("zespol", "Zespół i zatrudnienie", "Team and hiring"),
    ("eksport", "Eksport", "Export"),
    ("zielone", "Zielona gospodarka", "Green economy"),
    ("spoleczna", "Ekonomia społeczna", "Social economy"),
    ("prezentacja", "Wystąpienia i pitching", "Pitching and presenting"),
)


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "mentoring_use",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <= max_minutes", name="mentoring_not_exceeded"),
        sa.CheckConstraint("minutes >= 0", name="mentoring_use_not_negative"),
        sa.PrimaryKeyConstraint("gmina_id", "holder_id", "starts"),
    )
    op.create_table(
        "topic",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug"),
    )
    op.create_table(
        "mentoring_policy",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_minutes", sa.Integer(), nullable=True),
        sa.Column("person_minutes", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("organisation_minutes >= 0 AND person_minutes >= 0", name="mentoring_policy_not_negative"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("gmina_id"),
    )
    op.create_table(
        "mentor",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("headline_pl", sa.Text(), nullable=False),
        sa.Column("headline_en", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{pl}'"), nullable=False),
        sa.Column("online_link", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lengths", postgresql.ARRAY(sa.Integer()), server_default="{60}", nullable=False),
        sa.Column("grid_minutes", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("cancel_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'paused', 'retired')", name="mentor_state"),
        sa.CheckConstraint(
            "break_minutes BETWEEN 0 AND 240 AND lead_minutes BETWEEN 0 AND 43200 AND horizon_days BETWEEN 1 AND 366 AND cancel_minutes BETWEEN 0 AND 43200",
            name="mentor_rules",
        ),
        sa.CheckConstraint(
            "cardinality(lengths) > 0 AND 15 <= ALL (lengths) AND 120 >= ALL (lengths)", name="mentor_lengths"
        ),
        sa.CheckConstraint("grid_minutes IN (15, 30, 60)", name="mentor_grid"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
        sa.UniqueConstraint("resource_id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index(op.f("ix_mentor_gmina_id"), "mentor", ["gmina_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("topic_slug", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("credit_id", sa.Uuid(), nullable=True),
        sa.Column("draws_policy", sa.Boolean(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("drawn_minutes", sa.Integer(), nullable=False),
        sa.Column("stands_in_for", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cancelled_by_side", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("mentor_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentor_confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("startup_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("startup_confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room_lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("cancelled_by_side IN ('startup', 'mentor', 'coordinator')", name="meeting_side"),
        sa.CheckConstraint(
            "locked_at IS NULL OR state IN ('took_place', 'missed_by_startup', 'missed_by_mentor')",
            name="meeting_locked_is_over",
        ),
        sa.CheckConstraint("mode IN ('in_person', 'online')", name="meeting_mode"),
        sa.CheckConstraint(
            "state IN ('booked', 'cancelled', 'took_place', 'missed_by_startup', 'missed_by_mentor')",
            name="meeting_state",
        ),
        sa.CheckConstraint("NOT (draws_policy AND credit_id IS NOT NULL)", name="meeting_draws_once"),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="meeting_bounded"
        ),
        sa.CheckConstraint("drawn_minutes > 0", name="meeting_drawn"),
        sa.CheckConstraint(
            "locked_at IS NULL OR settled_by IS NOT NULL OR (mentor_confirmed_at IS NOT NULL AND startup_confirmed_at IS NOT NULL)",
            name="meeting_locked_by_both",
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="meeting_minutes"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["stands_in_for"],
            ["mentor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["topic_slug"],
            ["topic.slug"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("meeting_of_account", "meeting", ["account_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index(
        "meeting_of_booking", "meeting", ["booking_id"], unique=True, postgresql_where=sa.text("booking_id IS NOT NULL")
    )
    op.create_index("meeting_of_gmina", "meeting", ["gmina_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index("meeting_of_mentor", "meeting", ["mentor_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index(
        "meeting_of_organisation",
        "meeting",
        ["organisation_id", sa.literal_column("lower(period)")],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "meeting_to_record",
        "meeting",
        [sa.literal_column("upper(period)")],
        unique=False,
        postgresql_where=sa.text("locked_at IS NULL AND state <> 'cancelled'"),
    )
    op.create_index(
        "meeting_to_tell", "meeting", ["created_at"], unique=False, postgresql_where=sa.text("told_at IS NULL")
    )
    op.create_table(
        "mentor_absence",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="mentor_absence_bounded"
        ),
        sa.CheckConstraint("stand_in_id <> mentor_id", name="mentor_absence_another"),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mentor_absence_of_mentor", "mentor_absence", ["mentor_id", sa.literal_column("upper(period)")], unique=False
    )
    op.create_table(
        "mentor_contract",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("rate_minor", sa.Integer(), nullable=False),
        sa.Column("budget_minutes", sa.Integer(), nullable=False),
        sa.Column("used_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rate_minor >= 0", name="mentor_contract_rate"),
        sa.CheckConstraint("starts <= ends", name="mentor_contract_days"),
        sa.CheckConstraint("used_minutes <= budget_minutes", name="mentor_budget_not_exceeded"),
        sa.CheckConstraint("used_minutes >= 0", name="mentor_contract_not_negative"),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mentor_id", "number", name="mentor_contract_number"),
    )
    op.create_index(op.f("ix_mentor_contract_mentor_id"), "mentor_contract", ["mentor_id"], unique=False)
    op.create_table(
        "mentor_exception",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(audience = 'programme') = (programme_id IS NOT NULL)", name="mentor_exception_programme"),
        sa.CheckConstraint("audience IN ('everyone', 'organisations', 'programme')", name="mentor_exception_audience"),
        sa.CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="mentor_exception_both"),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="mentor_exception_times"),
        sa.CheckConstraint("opens IS NULL OR online OR incubator_id IS NOT NULL", name="mentor_exception_somewhere"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "mentor_id", "day", "opens", name="mentor_exception_once", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_table(
        "mentor_hours",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(audience = 'programme') = (programme_id IS NOT NULL)", name="mentor_hours_programme"),
        sa.CheckConstraint("audience IN ('everyone', 'organisations', 'programme')", name="mentor_hours_audience"),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="mentor_hours_times"),
        sa.CheckConstraint("online OR incubator_id IS NOT NULL", name="mentor_hours_somewhere"),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name="mentor_hours_weekday"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_mentor_hours_incubator_id"), "mentor_hours", ["incubator_id"], unique=False)
    op.create_index(op.f("ix_mentor_hours_mentor_id"), "mentor_hours", ["mentor_id"], unique=False)
    op.create_table(
        "mentor_photo",
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("mentor_id", "id"),
    )
    op.create_table(
        "mentor_topic",
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("topic_slug", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["topic_slug"],
            ["topic.slug"],
        ),
        sa.PrimaryKeyConstraint("mentor_id", "topic_slug"),
    )
    op.create_index(op.f("ix_mentor_topic_topic_slug"), "mentor_topic", ["topic_slug"], unique=False)
    op.create_table(
        "meeting_note",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id", "account_id"),
    )
    script(LOCKED)
    op.bulk_insert(
        sa.table("topic", *(sa.column(name) for name in ("slug", "name_pl", "name_en", "position", "version"))),
        [
            {"slug": slug, "name_pl": pl, "name_en": en, "position": position, "version": 1}
            for position, (slug, pl, en) in enumerate(TOPICS)
        ],
    )


def downgrade() -> None:
    op.drop_table("meeting_note")
    op.drop_index(op.f("ix_mentor_topic_topic_slug"), table_name="mentor_topic")
    op.drop_table("mentor_topic")
    op.drop_table("mentor_photo")
    op.drop_index(op.f("ix_mentor_hours_mentor_id"), table_name="mentor_hours")
    op.drop_index(op.f("ix_mentor_hours_incubator_id"), table_name="mentor_hours")
    op.drop_table("mentor_hours")
    op.drop_table("mentor_exception")
    op.drop_index(op.f("ix_mentor_contract_mentor_id"), table_name="mentor_contract")
    op.drop_table("mentor_contract")
    op.drop_index("mentor_absence_of_mentor", table_name="mentor_absence")
    op.drop_table("mentor_absence")
    op.drop_index(
        "meeting_to_record",
        table_name="meeting",
        postgresql_where=sa.text("locked_at IS NULL AND state <> 'cancelled'"),
    )
    op.drop_index("meeting_to_tell", table_name="meeting", postgresql_where=sa.text("told_at IS NULL"))
    op.drop_index(
        "meeting_of_organisation", table_name="meeting", postgresql_where=sa.text("organisation_id IS NOT NULL")
    )
    op.drop_index("meeting_of_mentor", table_name="meeting")
    op.drop_index("meeting_of_gmina", table_name="meeting")
    op.drop_index("meeting_of_booking", table_name="meeting", postgresql_where=sa.text("booking_id IS NOT NULL"))
    op.drop_index("meeting_of_account", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_mentor_gmina_id"), table_name="mentor")
    op.drop_table("mentor")
    op.drop_table("mentoring_policy")
    op.drop_table("topic")
    op.drop_table("mentoring_use")
    op.execute("DROP FUNCTION meeting_record_is_locked()")
    op.execute("DELETE FROM occupancy WHERE resource_id IN (SELECT id FROM resource WHERE kind = 'mentor')")
    op.execute("DELETE FROM resource WHERE kind = 'mentor'")
