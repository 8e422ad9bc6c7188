"""Invitations by mail

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail",
        sa.Column("invitations", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_table(
        "invited",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "uid"),
    )
    op.create_index("invited_until", "invited", ["until"])
    op.create_table(
        "reminded",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "recipient", "minutes", "starts"),
    )
    op.create_index("reminded_starts", "reminded", ["starts"])
    op.create_index("reminded_to", "reminded", ["recipient"])
    # All were reminded a day before.
    op.execute("""
        INSERT INTO reminded (subject_id, recipient, minutes, starts)
        SELECT registration.id, email, 1440, lower(session.period)
        FROM registration JOIN session ON session.id = session_id
        WHERE reminded_at IS NOT NULL AND email <> '' AND upper(session.period) > now()
    """)
    op.drop_column("registration", "reminded_at")
    op.create_table(
        "notice_choice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("invitations", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.CheckConstraint("about IN ('bookings', 'meetings', 'sessions')", name="notice_choice_about"),
        sa.CheckConstraint("reminders IN ('none', 'hour', 'day', 'both')", name="notice_choice_reminders"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("account_id", "about"),
    )


def downgrade() -> None:
    op.drop_table("notice_choice")
    op.add_column("registration", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("""
        UPDATE registration SET reminded_at = now()
        WHERE EXISTS (SELECT FROM reminded WHERE subject_id = registration.id)
    """)
    op.drop_table("reminded")
    op.drop_table("invited")
    op.drop_column("mail", "invitations")
