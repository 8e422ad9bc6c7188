"""Why the gmina hid a company stays with it; sessions of the metropolis ask gminas for rooms

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "directory_profile", sa.Column("withheld_reason", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_check_constraint(
        "directory_profile_withheld", "directory_profile", "hidden_because = 'desk' OR withheld_reason = ''"
    )
    op.add_column("session", sa.Column("room_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("session", "room_asked_at")
    op.drop_constraint("directory_profile_withheld", "directory_profile", type_="check")
    op.drop_column("directory_profile", "withheld_reason")
