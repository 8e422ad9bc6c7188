"""A ticket that is no longer live gives its stall back, and who waits may wish for one

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

GIVEN_BACK = "UPDATE ticket SET stall_id = NULL WHERE stall_id IS NOT NULL AND NOT live"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("stall_wish", sa.Text(), server_default="", nullable=False))
    op.add_column("ticket", sa.Column("wished_stall_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "ticket_wished_stall_id_fkey", "ticket", "session_stall", ["wished_stall_id"], ["id"], ondelete="SET NULL"
    )
    op.create_check_constraint("ticket_stall_wish", "ticket", "stall_wish IN ('', 'this', 'like', 'any')")
    op.create_check_constraint(
        "ticket_wished_stall", "ticket", "wished_stall_id IS NULL OR stall_wish IN ('this', 'like')"
    )
    op.create_index(
        "ticket_wishes", "ticket", ["wished_stall_id"], postgresql_where=sa.text("wished_stall_id IS NOT NULL")
    )
    op.execute(GIVEN_BACK)
    op.create_check_constraint("ticket_stall_live", "ticket", "stall_id IS NULL OR live")
    op.drop_index("ticket_stall_once", "ticket")
    op.create_index(
        "ticket_stall_once", "ticket", ["stall_id"], unique=True, postgresql_where=sa.text("stall_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ticket_stall_once", "ticket")
    op.create_index(
        "ticket_stall_once",
        "ticket",
        ["stall_id"],
        unique=True,
        postgresql_where=sa.text("stall_id IS NOT NULL AND live"),
    )
    op.drop_constraint("ticket_stall_live", "ticket", type_="check")
    op.drop_index("ticket_wishes", "ticket")
    op.drop_constraint("ticket_wished_stall", "ticket", type_="check")
    op.drop_constraint("ticket_stall_wish", "ticket", type_="check")
    op.drop_constraint("ticket_wished_stall_id_fkey", "ticket", type_="foreignkey")
    op.drop_column("ticket", "wished_stall_id")
    op.drop_column("ticket", "stall_wish")
