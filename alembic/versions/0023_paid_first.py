"""Lists by which one pays first, and bookings that wait for their payment

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

HELD, WAITING = "state = 'held'", "state IN ('held', 'awaiting_payment')"


def upgrade() -> None:
    op.add_column("price_list", sa.Column("pays_first", sa.Text(), server_default="nobody", nullable=False))
    op.add_column("price_list", sa.Column("due_days", sa.Integer(), server_default="14", nullable=False))
    op.create_check_constraint(
        "price_list_pays_first", "price_list", "pays_first IN ('nobody', 'persons', 'everybody')"
    )
    op.create_check_constraint("price_list_due_days", "price_list", "due_days BETWEEN 1 AND 60")
    op.add_column("charge", sa.Column("lapses", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _holds(WAITING)


def downgrade() -> None:
    _holds(HELD)
    op.drop_column("charge", "lapses")
    op.drop_constraint("price_list_due_days", "price_list")
    op.drop_constraint("price_list_pays_first", "price_list")
    op.drop_column("price_list", "due_days")
    op.drop_column("price_list", "pays_first")


def _holds(which: str) -> None:
    """What lapses by itself says when, and is found by it."""
    op.drop_constraint("booking_held_expires", "booking")
    op.create_check_constraint("booking_held_expires", "booking", f"({which}) <= (hold_expires_at IS NOT NULL)")
    op.drop_index("booking_holds", "booking")
    op.create_index("booking_holds", "booking", ["hold_expires_at"], postgresql_where=sa.text(which))
