"""How many holds of a person are live

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNT = """
INSERT INTO live_holds (account_id, holds)
SELECT account_id, least(count(*), 10) FROM booking WHERE state = 'held' GROUP BY account_id
"""


def upgrade() -> None:
    op.create_table(
        "live_holds",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.CheckConstraint("holds BETWEEN 0 AND 10", name="holds_not_exceeded"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.execute(COUNT)


def downgrade() -> None:
    op.drop_table("live_holds")
