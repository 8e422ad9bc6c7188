"""Secret addresses of an organisation's, a mentor's and a desk's calendar

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed_token", sa.Column("kind", sa.Text(), server_default="personal", nullable=False))
    op.add_column("feed_token", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        "feed_token_kind", "feed_token", "kind IN ('personal', 'organisation', 'mentor', 'desk')"
    )
    op.create_check_constraint("feed_token_subject", "feed_token", "(kind = 'personal') = (subject_id IS NULL)")


def downgrade() -> None:
    # Else they would be addresses of what their person books for themself.
    op.execute("DELETE FROM feed_token WHERE kind <> 'personal'")
    op.drop_constraint("feed_token_subject", "feed_token")
    op.drop_constraint("feed_token_kind", "feed_token")
    op.drop_column("feed_token", "subject_id")
    op.drop_column("feed_token", "kind")
