"""Sessions of knowledge exchange, topics, and who comes

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_series",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("count BETWEEN 2 AND 60", name="session_series_count"),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 52", name="session_series_every"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("walk_in", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("credit_id", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="registration_offered"),
        sa.CheckConstraint("NOT walk_in OR state IN ('registered', 'cancelled')", name="registration_walk_in"),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'registered', 'cancelled', 'lapsed', 'turned_away')",
            name="registration_state",
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 20", name="registration_seats"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("registration_of_session", "registration", ["session_id"], unique=False)
    op.create_index(
        "registration_untold",
        "registration",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'registered' AND told < 0 AND NOT walk_in"),
    )
    op.create_index(
        "registration_lapsing",
        "registration",
        ["offered_until"],
        unique=False,
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "registration_line",
        "registration",
        ["session_id", sa.literal_column("priority DESC"), "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "registration_of_account",
        "registration",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "registration_of_organisation",
        "registration",
        ["organisation_id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "registration_once",
        "registration",
        ["session_id", sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'registered') AND email <> ''"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title_pl", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("summary_pl", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("audience_pl", sa.Text(), nullable=False),
        sa.Column("audience_en", sa.Text(), nullable=False),
        sa.Column("terms_pl", sa.Text(), nullable=False),
        sa.Column("terms_en", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("online_url", sa.Text(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("induction_loop", sa.Boolean(), nullable=True),
        sa.Column("accessible_wc", sa.Boolean(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("access_note_pl", sa.Text(), nullable=False),
        sa.Column("access_note_en", sa.Text(), nullable=False),
        sa.Column("official_name", sa.Text(), nullable=False),
        sa.Column("official_role", sa.Text(), nullable=False),
        sa.Column("funder_marks", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("decide_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("priority_for", sa.Text(), nullable=False),
        sa.Column("priority_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("priority_edition_id", sa.Uuid(), nullable=True),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("most_each", sa.Integer(), nullable=False),
        sa.Column("draws_seats", sa.Boolean(), nullable=False),
        sa.Column("checks_out", sa.Boolean(), nullable=False),
        sa.Column("presence_percent", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room_lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="session_cancelled"),
        sa.CheckConstraint("kind <> 'consultation' OR official_role <> ''", name="session_official"),
        sa.CheckConstraint(
            "kind IN ('workshop', 'meetup', 'lecture', 'consultation', 'market', 'demo_day')", name="session_kind"
        ),
        sa.CheckConstraint("language IN ('pl', 'en', 'uk')", name="session_language"),
        sa.CheckConstraint("mode IN ('room', 'elsewhere', 'online', 'hybrid')", name="session_mode"),
        sa.CheckConstraint(
            "priority_for IN ('nobody', 'gmina', 'edition') AND (priority_for = 'nobody') = (priority_until IS NULL) AND (priority_for = 'edition') = (priority_edition_id IS NOT NULL) AND (priority_for <> 'gmina' OR gmina_id IS NOT NULL)",
            name="session_priority",
        ),
        sa.CheckConstraint("state IN ('draft', 'published', 'cancelled')", name="session_state"),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="session_published"),
        sa.CheckConstraint("(minimum IS NULL) = (decide_at IS NULL)", name="session_decided"),
        sa.CheckConstraint("(series_id IS NULL) = (occurrence IS NULL)", name="session_occurrence"),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="session_bounded"
        ),
        sa.CheckConstraint("closes_at <= upper(period)", name="session_closes"),
        sa.CheckConstraint("decide_at <= lower(period)", name="session_decided_before"),
        sa.CheckConstraint("minimum > 0", name="session_minimum"),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 168", name="session_offer_hours"),
        sa.CheckConstraint("presence_percent BETWEEN 1 AND 100", name="session_presence"),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["priority_edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["session_series.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("series_id", "occurrence", name="session_occurrence_once"),
    )
    op.create_index(op.f("ix_session_edition_id"), "session", ["edition_id"], unique=False)
    op.create_index(
        "session_ahead",
        "session",
        [sa.literal_column("lower(period)")],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index("session_of_gmina", "session", ["gmina_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index(
        "session_to_decide",
        "session",
        ["decide_at"],
        unique=False,
        postgresql_where=sa.text("state = 'published' AND decide_at IS NOT NULL AND decided_at IS NULL"),
    )
    op.create_table(
        "session_answer",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("session_answer_of", "session_answer", ["session_id"], unique=False)
    op.create_table(
        "session_material",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("title_pl", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("num_nonnulls(url, content) = 1", name="session_material_one"),
        sa.CheckConstraint("octet_length(content) <= 10485760", name="session_material_size"),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("session_material_of", "session_material", ["session_id"], unique=False)
    op.create_table(
        "session_question",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text_pl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("choices_pl", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("choices_en", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind <> 'choice' OR cardinality(choices_pl) >= 2", name="session_question_choices"),
        sa.CheckConstraint("kind IN ('text', 'choice', 'yes_no')", name="session_question_kind"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "position", name="session_question_position"),
    )
    op.create_table(
        "session_seats",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity > 0", name="session_capacity"),
        sa.CheckConstraint("taken <= capacity", name="session_not_overfull"),
        sa.CheckConstraint("taken >= 0", name="session_seats_not_negative"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id"),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "session_speaker",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role_pl", sa.Text(), nullable=False),
        sa.Column("role_en", sa.Text(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id", "position"),
    )
    op.create_table(
        "session_stall",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "number", name="session_stall_number"),
    )
    op.create_table(
        "session_survey",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("usefulness", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="session_survey_rating"),
        sa.CheckConstraint("usefulness BETWEEN 1 AND 5", name="session_survey_usefulness"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("session_survey_of", "session_survey", ["session_id"], unique=False)
    op.create_table(
        "topic_request",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("official_name", sa.Text(), nullable=False),
        sa.Column("official_role", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('new', 'declined') OR opened_at IS NOT NULL", name="topic_request_opened"),
        sa.CheckConstraint(
            "state <> 'assigned' OR (official_role <> '' AND answer_by IS NOT NULL)", name="topic_request_assigned"
        ),
        sa.CheckConstraint("state <> 'declined' OR reason <> ''", name="topic_request_declined"),
        sa.CheckConstraint("state <> 'planned' OR session_id IS NOT NULL", name="topic_request_planned"),
        sa.CheckConstraint(
            "state IN ('new', 'open', 'planned', 'assigned', 'answered', 'declined')", name="topic_request_state"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "topic_request_due",
        "topic_request",
        ["answer_by"],
        unique=False,
        postgresql_where=sa.text("state = 'assigned'"),
    )
    op.create_index("topic_request_of_account", "topic_request", ["account_id"], unique=False)
    op.create_index(
        "topic_request_of_session",
        "topic_request",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index("topic_request_of_gmina", "topic_request", ["gmina_id", "state"], unique=False)
    op.create_table(
        "registration_answer",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["session_question.id"],
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
        ),
        sa.PrimaryKeyConstraint("registration_id", "question_id"),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("stall_id", sa.Uuid(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("evidence IN ('', 'scan', 'name', 'walk_in', 'list', 'online_log')", name="ticket_evidence"),
        sa.CheckConstraint("checked_out_at >= checked_in_at", name="ticket_times"),
        sa.CheckConstraint("checked_out_at IS NULL OR checked_in_at IS NOT NULL", name="ticket_out_after_in"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 10080", name="ticket_minutes"),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"],
            ["session_stall.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ticket_of_registration", "ticket", ["registration_id"], unique=False)
    op.create_index("ticket_of_session", "ticket", ["session_id"], unique=False)
    op.create_index(
        "ticket_stall_once",
        "ticket",
        ["stall_id"],
        unique=True,
        postgresql_where=sa.text("stall_id IS NOT NULL AND live"),
    )
    op.create_table(
        "topic_note",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('answer', 'follow_up')", name="topic_note_kind"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic_request.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("topic_note_of", "topic_note", ["topic_id", "published_at"], unique=False)
    op.create_table(
        "topic_support",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic_request.id"],
        ),
        sa.PrimaryKeyConstraint("topic_id", "account_id"),
    )
    op.create_index(op.f("ix_topic_support_account_id"), "topic_support", ["account_id"], unique=False)
    op.create_table(
        "session_certificate",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["ticket.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("session_id", "number", name="session_certificate_number"),
    )
    op.create_index(
        "session_certificate_once",
        "session_certificate",
        ["ticket_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "survey_asked",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["ticket.id"],
        ),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_table(
        "door_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('in', 'out', 'undo', 'walk_in')", name="door_event_kind"),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["ticket.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("door_event_of_ticket", "door_event", ["ticket_id"], unique=False)


def downgrade() -> None:
    op.drop_index("door_event_of_ticket", table_name="door_event")
    op.drop_table("door_event")
    op.drop_table("survey_asked")
    op.drop_index(
        "session_certificate_once", table_name="session_certificate", postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.drop_table("session_certificate")
    op.drop_index(op.f("ix_topic_support_account_id"), table_name="topic_support")
    op.drop_table("topic_support")
    op.drop_index("topic_note_of", table_name="topic_note")
    op.drop_table("topic_note")
    op.drop_index("ticket_stall_once", table_name="ticket", postgresql_where=sa.text("stall_id IS NOT NULL AND live"))
    op.drop_index("ticket_of_session", table_name="ticket")
    op.drop_index("ticket_of_registration", table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("registration_answer")
    op.drop_index("topic_request_of_gmina", table_name="topic_request")
    op.drop_index("topic_request_of_account", table_name="topic_request")
    op.drop_index("topic_request_due", table_name="topic_request", postgresql_where=sa.text("state = 'assigned'"))
    op.drop_table("topic_request")
    op.drop_index("session_survey_of", table_name="session_survey")
    op.drop_table("session_survey")
    op.drop_table("session_stall")
    op.drop_table("session_speaker")
    op.drop_table("session_seats")
    op.drop_table("session_question")
    op.drop_index("session_material_of", table_name="session_material")
    op.drop_table("session_material")
    op.drop_index("session_answer_of", table_name="session_answer")
    op.drop_table("session_answer")
    op.drop_index(
        "session_to_decide",
        table_name="session",
        postgresql_where=sa.text("state = 'published' AND decide_at IS NOT NULL AND decided_at IS NULL"),
    )
    op.drop_index("session_of_gmina", table_name="session")
    op.drop_index("session_ahead", table_name="session", postgresql_where=sa.text("state = 'published'"))
    op.drop_index(op.f("ix_session_edition_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(
        "registration_untold",
        table_name="registration",
        postgresql_where=sa.text("state = 'registered' AND told < 0 AND NOT walk_in"),
    )
    op.drop_index("registration_of_session", table_name="registration")
    op.drop_index(
        "registration_once",
        table_name="registration",
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'registered') AND email <> ''"),
    )
    op.drop_index(
        "registration_of_organisation",
        table_name="registration",
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.drop_index(
        "registration_of_account", table_name="registration", postgresql_where=sa.text("account_id IS NOT NULL")
    )
    op.drop_index("registration_line", table_name="registration", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index("registration_lapsing", table_name="registration", postgresql_where=sa.text("state = 'offered'"))
    op.drop_table("registration")
    op.drop_table("session_series")
