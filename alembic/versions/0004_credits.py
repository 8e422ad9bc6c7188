"""Credits: what an organisation was granted to draw on; the room that belongs to something larger

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('room_minutes', 'desk_days', 'mentor_minutes', 'seats')", name="credit_kind"),
        sa.CheckConstraint(
            "NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid)", name="credit_bounded"
        ),
        sa.CheckConstraint("granted > 0", name="credit_granted"),
        sa.CheckConstraint("used <= granted", name="credit_not_exceeded"),
        sa.CheckConstraint("used >= 0", name="credit_used_not_negative"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "credit_of_organisation", "credit", ["organisation_id", "kind", sa.literal_column("upper(valid)")], unique=False
    )
    op.create_index("credit_of_source", "credit", ["source_id"], unique=False)
    op.add_column("booking", sa.Column("credit_id", sa.Uuid(), nullable=True))
    op.add_column("booking", sa.Column("part_of", sa.Uuid(), nullable=True))
    op.create_index(
        "booking_part_of", "booking", ["part_of"], unique=False, postgresql_where=sa.text("part_of IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("booking_part_of", table_name="booking", postgresql_where=sa.text("part_of IS NOT NULL"))
    op.drop_column("booking", "part_of")
    op.drop_column("booking", "credit_id")
    op.drop_index("credit_of_source", table_name="credit")
    op.drop_index("credit_of_organisation", table_name="credit")
    op.drop_table("credit")
