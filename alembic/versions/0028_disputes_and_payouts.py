"""Disputes and payouts of Stripe, in rows and in the books

Revision ID: 0028
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = "'charge', 'deposit_charged', 'payment', 'fee', 'credit_drawn', 'cancellation', 'deposit_returned', 'deposit_kept', 'refund', 'payout', 'dispute', 'write_off', 'correction'"
ACCOUNTS = "'receivable', 'revenue', 'vat_due', 'deposits', 'bank', 'stripe', 'transit', 'disputed', 'fees', 'write_offs', 'prepaid'"
# What the steps below do not know of stands in the books for good, so it is said in the words that they have: what
# was on its way or disputed lay at Stripe, and a dispute cost a fee.
BOOKS = ("entry", "posting")
IN_OLD_WORDS = (
    "UPDATE entry SET kind = 'fee' WHERE kind = 'dispute'",
    "UPDATE posting SET account = 'stripe' WHERE account IN ('transit', 'disputed')",
)


def upgrade() -> None:
    _allow(KINDS, ACCOUNTS)
    op.create_table(
        "stripe_payout",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_of", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('sent', 'paid', 'failed')", name="stripe_payout_state"),
        sa.CheckConstraint("amount <> 0", name="stripe_payout_amount"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stripe_id", name="stripe_payout_once"),
    )
    op.create_index("stripe_payout_of_account", "stripe_payout", ["account", "sent_at"], unique=False)
    op.create_index("stripe_payout_of_gmina", "stripe_payout", ["gmina_id", "sent_at", "id"], unique=False)
    op.create_table(
        "stripe_dispute",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="stripe_dispute_ended"),
        sa.CheckConstraint("state IN ('open', 'won', 'lost')", name="stripe_dispute_state"),
        sa.CheckConstraint("amount > 0", name="stripe_dispute_amount"),
        sa.ForeignKeyConstraint(
            ["checkout_id"],
            ["checkout.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stripe_id", name="stripe_dispute_once"),
    )
    op.create_index("ix_stripe_dispute_checkout_id", "stripe_dispute", ["checkout_id"], unique=False)
    op.create_index("stripe_dispute_of_charge", "stripe_dispute", ["charge_id"], unique=False)
    op.create_index("stripe_dispute_of_gmina", "stripe_dispute", ["gmina_id", "opened_at", "id"], unique=False)
    op.create_index(
        "stripe_dispute_open", "stripe_dispute", ["account"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "stripe_dispute_move",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"],
            ["stripe_dispute.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stripe_id", name="stripe_dispute_move_once"),
    )
    op.create_index("ix_stripe_dispute_move_dispute_id", "stripe_dispute_move", ["dispute_id"], unique=False)


def downgrade() -> None:
    op.drop_table("stripe_dispute_move")
    op.drop_table("stripe_dispute")
    op.drop_table("stripe_payout")
    for table in BOOKS:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_is_append_only")
    for statement in IN_OLD_WORDS:
        op.execute(statement)
    for table in BOOKS:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_is_append_only")
    _allow(KINDS.replace(" 'dispute',", ""), ACCOUNTS.replace(" 'transit', 'disputed',", ""))


def _allow(kinds: str, accounts: str) -> None:
    op.drop_constraint("entry_kind", "entry", type_="check")
    op.create_check_constraint("entry_kind", "entry", f"kind IN ({kinds})")
    op.drop_constraint("posting_account", "posting", type_="check")
    op.create_check_constraint("posting_account", "posting", f"account IN ({accounts})")
