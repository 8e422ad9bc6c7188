"""Calendars kept elsewhere, as busy time

Revision ID: 0029
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_calendar",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("next_fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.CheckConstraint("failures >= 0 AND skipped >= 0", name="outside_calendar_counts"),
        sa.CheckConstraint("num_nonnulls(mentor_id, space_id) = 1", name="outside_calendar_of_one"),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"]),
        sa.ForeignKeyConstraint(["gmina_id"], ["gmina.id"]),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"]),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_outside_calendar_mentor_id"), "outside_calendar", ["mentor_id"])
    op.create_index(op.f("ix_outside_calendar_space_id"), "outside_calendar", ["space_id"])
    op.create_index(
        "outside_calendar_due",
        "outside_calendar",
        ["next_fetch_at"],
        postgresql_where=sa.text("next_fetch_at IS NOT NULL"),
    )
    op.create_table(
        "outside_busy",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["outside_calendar.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("calendar_id", "during", name="outside_busy_once"),
    )
    op.create_index("outside_busy_partial", "outside_busy", ["calendar_id"], postgresql_where=sa.text("NOT whole"))
    op.create_table(
        "outside_told",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["outside_calendar.id"]),
        sa.PrimaryKeyConstraint("calendar_id", "subject_id"),
    )


def downgrade() -> None:
    # Nobody would ever free them again.
    op.execute("DELETE FROM occupancy WHERE purpose = 'outside'")
    op.drop_table("outside_told")
    op.drop_table("outside_busy")
    op.drop_table("outside_calendar")
