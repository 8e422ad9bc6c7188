"""The newsletter

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "newsletter_pace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="newsletter_pace_one"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "newsletter_subscription",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("gmina_ids", postgresql.ARRAY(sa.UUID()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("interests", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_hash", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounces", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('unsubscribed', 'bounced')) = (ended_at IS NOT NULL)", name="subscription_ended"
        ),
        sa.CheckConstraint("email IS NOT NULL OR NOT (state IN ('pending', 'confirmed'))", name="subscription_address"),
        sa.CheckConstraint("how IN ('page', 'api', 'account')", name="subscription_how"),
        sa.CheckConstraint("locale IN ('pl', 'en')", name="subscription_locale"),
        sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="subscription_proof"),
        sa.CheckConstraint("state IN ('pending', 'confirmed', 'unsubscribed', 'bounced')", name="subscription_state"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("subscription_confirm", "newsletter_subscription", ["confirm_hash"], unique=True)
    op.create_index(
        "subscription_confirmed",
        "newsletter_subscription",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.create_index(
        "subscription_of_address", "newsletter_subscription", [sa.literal_column("lower(email)")], unique=False
    )
    op.create_index(
        "subscription_once",
        "newsletter_subscription",
        [sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'confirmed')"),
    )
    op.create_table(
        "newsletter_issue",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("title_pl", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("to_gmina_ids", postgresql.ARRAY(sa.UUID()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("to_interests", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_after", sa.Uuid(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'sent') = (finished_at IS NOT NULL)", name="newsletter_finished"),
        sa.CheckConstraint(
            "(state IN ('scheduled', 'sending', 'sent')) = (send_at IS NOT NULL)", name="newsletter_when"
        ),
        sa.CheckConstraint("(state IN ('sending', 'sent')) = (started_at IS NOT NULL)", name="newsletter_started"),
        sa.CheckConstraint("state IN ('draft', 'scheduled', 'sending', 'sent', 'withdrawn')", name="newsletter_state"),
        sa.CheckConstraint("gmina_id IS NULL OR to_gmina_ids = ARRAY[gmina_id]", name="newsletter_of_gmina"),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "newsletter_archive",
        "newsletter_issue",
        ["started_at", "id"],
        unique=False,
        postgresql_where=sa.text("started_at IS NOT NULL"),
    )
    op.create_index(
        "newsletter_due",
        "newsletter_issue",
        ["send_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('scheduled', 'sending')"),
    )
    op.create_index("newsletter_issue_of_gmina", "newsletter_issue", ["gmina_id", "created_at"], unique=False)
    op.create_table(
        "newsletter_delivery",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'handing', 'sent', 'failed', 'skipped', 'unknown')", name="delivery_state"
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["newsletter_issue.id"],
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["newsletter_subscription.id"],
        ),
        sa.PrimaryKeyConstraint("issue_id", "subscription_id"),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "delivery_handing", "newsletter_delivery", ["at"], unique=False, postgresql_where=sa.text("state = 'handing'")
    )
    op.create_index("delivery_to", "newsletter_delivery", ["subscription_id"], unique=False)
    op.create_index(
        "delivery_waiting",
        "newsletter_delivery",
        ["issue_id", "next_at", "subscription_id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "newsletter_letter",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["newsletter_issue.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("issue_id", "locale", name="newsletter_letter_once"),
    )
    op.create_table(
        "newsletter_trial",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["newsletter_issue.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_newsletter_trial_issue_id"), "newsletter_trial", ["issue_id"], unique=False)
    op.create_table(
        "newsletter_part",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_pl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(session_id, edition_id) = CASE WHEN text_pl = '' THEN 1 ELSE 0 END",
            name="newsletter_part_one",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["newsletter_issue.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("issue_id", "position"),
    )
    op.create_index(op.f("ix_newsletter_part_edition_id"), "newsletter_part", ["edition_id"], unique=False)
    op.create_index(op.f("ix_newsletter_part_session_id"), "newsletter_part", ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_newsletter_part_session_id"), table_name="newsletter_part")
    op.drop_index(op.f("ix_newsletter_part_edition_id"), table_name="newsletter_part")
    op.drop_table("newsletter_part")
    op.drop_index(op.f("ix_newsletter_trial_issue_id"), table_name="newsletter_trial")
    op.drop_table("newsletter_trial")
    op.drop_table("newsletter_letter")
    op.drop_index("delivery_waiting", table_name="newsletter_delivery", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index("delivery_to", table_name="newsletter_delivery")
    op.drop_index("delivery_handing", table_name="newsletter_delivery", postgresql_where=sa.text("state = 'handing'"))
    op.drop_table("newsletter_delivery")
    op.drop_index("newsletter_issue_of_gmina", table_name="newsletter_issue")
    op.drop_index(
        "newsletter_due", table_name="newsletter_issue", postgresql_where=sa.text("state IN ('scheduled', 'sending')")
    )
    op.drop_index(
        "newsletter_archive", table_name="newsletter_issue", postgresql_where=sa.text("started_at IS NOT NULL")
    )
    op.drop_table("newsletter_issue")
    op.drop_index(
        "subscription_once",
        table_name="newsletter_subscription",
        postgresql_where=sa.text("state IN ('pending', 'confirmed')"),
    )
    op.drop_index("subscription_of_address", table_name="newsletter_subscription")
    op.drop_index(
        "subscription_confirmed", table_name="newsletter_subscription", postgresql_where=sa.text("state = 'confirmed'")
    )
    op.drop_index("subscription_confirm", table_name="newsletter_subscription")
    op.drop_table("newsletter_subscription")
    op.drop_table("newsletter_pace")
