"""How much of a price goes back to who calls off, by how early they do

Revision ID: 0024
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# What was published stays as it is: see 0018.
STANDS = """
CREATE TRIGGER price_list_stands BEFORE INSERT OR UPDATE OR DELETE ON cancellation_step
    FOR EACH ROW EXECUTE FUNCTION price_list_stands()
"""


def upgrade() -> None:
    op.create_table(
        "cancellation_step",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("before_minutes", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("before_minutes BETWEEN 0 AND 527040", name="cancellation_step_before"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="cancellation_step_percent"),
        sa.ForeignKeyConstraint(["list_id"], ["price_list.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "before_minutes"),
    )
    op.execute(STANDS)


def downgrade() -> None:
    op.drop_table("cancellation_step")
