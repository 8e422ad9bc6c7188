"""Answers to invitations by mail

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('being_read', 'cancelled', 'noted', 'refused', 'old', 'again', 'no_answer', 'unreadable', 'too_large', 'not_invited', 'unchecked')",
            name="reply_outcome",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("box", "uid_validity", "uid", name="reply_read_once"),
        sa.UniqueConstraint("told", name="reply_taken_once"),
    )
    op.create_index("reply_read_at", "reply", ["read_at"])
    op.create_table(
        "reply_box",
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.CheckConstraint("failures >= 0", name="reply_box_failures"),
        sa.PrimaryKeyConstraint("box"),
    )
    op.add_column("invited", sa.Column("sequence", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("invited", sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("invited", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint("invited_answer", "invited", "answer IN ('', 'accepted', 'tentative', 'declined')")
    op.create_index("invited_uid", "invited", ["uid"])


def downgrade() -> None:
    op.drop_index("invited_uid", table_name="invited")
    op.drop_constraint("invited_answer", "invited")
    op.drop_column("invited", "answered_at")
    op.drop_column("invited", "answer")
    op.drop_column("invited", "sequence")
    op.drop_table("reply_box")
    op.drop_table("reply")
