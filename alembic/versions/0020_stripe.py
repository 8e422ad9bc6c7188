"""Stripe: checkouts, refunds, what it told, and where its books and ours differ

Revision ID: 0020
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stripe_event",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stripe_id", name="stripe_event_once"),
    )
    op.create_index("stripe_event_received", "stripe_event", ["received_at"], unique=False)
    op.create_index(
        "stripe_event_strange", "stripe_event", ["received_at"], unique=False, postgresql_where=sa.text("error <> ''")
    )
    op.create_table(
        "stripe_account",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("charges_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("account ~ '^acct_[A-Za-z0-9]{1,60}$'", name="stripe_account_shape"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("gmina_id"),
        sa.UniqueConstraint("account", name="stripe_account_of_one"),
    )
    op.create_table(
        "stripe_day",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account", "day", name="stripe_day_once"),
    )
    op.create_index("ix_stripe_day_gmina_id", "stripe_day", ["gmina_id"], unique=False)
    op.create_table(
        "checkout",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("back", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("payment_intent", sa.Text(), nullable=True),
        sa.Column("stripe_charge", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("fee", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unwanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'paid') = (num_nonnulls(paid_at, method, payment_intent, stripe_charge) = 4)",
            name="checkout_paid",
        ),
        sa.CheckConstraint("locale IN ('pl', 'en')", name="checkout_locale"),
        sa.CheckConstraint("state <> 'open' OR session_id IS NOT NULL", name="checkout_open"),
        sa.CheckConstraint("state IN ('wanted', 'open', 'paid', 'expired', 'failed')", name="checkout_state"),
        sa.CheckConstraint("amount BETWEEN 200 AND 99999999", name="checkout_amount"),
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
    op.create_index("checkout_intent", "checkout", ["payment_intent"], unique=True)
    op.create_index("checkout_of_account", "checkout", ["account_id"], unique=False)
    op.create_index("checkout_of_charge", "checkout", ["charge_id"], unique=False)
    op.create_index(
        "checkout_of_charge_at_a_time",
        "checkout",
        ["charge_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('wanted', 'open')"),
    )
    op.create_index(
        "checkout_paid_on", "checkout", ["account", "paid_at"], unique=False, postgresql_where=sa.text("state = 'paid'")
    )
    op.create_index("checkout_session", "checkout", ["session_id"], unique=True)
    op.create_index("checkout_stripe_charge", "checkout", ["stripe_charge"], unique=True)
    op.create_index(
        "checkout_to_ask", "checkout", ["ask_at"], unique=False, postgresql_where=sa.text("ask_at IS NOT NULL")
    )
    op.create_index("ix_checkout_gmina_id", "checkout", ["gmina_id"], unique=False)
    op.create_table(
        "stripe_difference",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("day_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Integer(), nullable=True),
        sa.Column("ours", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('only_there', 'only_here', 'amount', 'fee', 'other')", name="stripe_difference_kind"
        ),
        sa.ForeignKeyConstraint(
            ["day_id"],
            ["stripe_day.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_stripe_difference_day_id", "stripe_difference", ["day_id"], unique=False)
    op.create_table(
        "stripe_refund",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('wanted', 'sent', 'done', 'failed')", name="stripe_refund_state"),
        sa.CheckConstraint("state NOT IN ('sent', 'done') OR stripe_id IS NOT NULL", name="stripe_refund_sent"),
        sa.CheckConstraint("amount > 0", name="stripe_refund_amount"),
        sa.ForeignKeyConstraint(
            ["checkout_id"],
            ["checkout.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("refund_id", name="stripe_refund_once"),
    )
    op.create_index("ix_stripe_refund_checkout_id", "stripe_refund", ["checkout_id"], unique=False)
    op.create_index("stripe_refund_stripe_id", "stripe_refund", ["stripe_id"], unique=True)
    op.create_index(
        "stripe_refund_to_ask",
        "stripe_refund",
        ["ask_at"],
        unique=False,
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("stripe_refund")
    op.drop_table("stripe_difference")
    op.drop_table("checkout")
    op.drop_table("stripe_day")
    op.drop_table("stripe_account")
    op.drop_table("stripe_event")
