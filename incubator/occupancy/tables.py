"""What is taken. A row is a stretch of one resource's time; releasing it deletes the row, so the
exclusion constraint needs no condition and the table holds nothing but what is taken.

The key of the constraint is one packed range per row, (resource << 33) + epoch seconds: at a
million rows an insert costs 1.1 times what it costs at ten thousand, where a two-column constraint
costs 1.3 times (ENGINEERING: the key that stays fast). Hence a resource number is below 2**30.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Identity, Index, Text
from sqlalchemy.dialects.postgresql import INT8RANGE, ExcludeConstraint, Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import moment, period

# timestamptz - timestamptz is immutable, extract(epoch from timestamptz) is not.
SLOT = """int8range(
    (resource_id << 33) + extract(epoch FROM lower(during) - timestamptz '1970-01-01 00:00:00+00')::bigint,
    (resource_id << 33) + extract(epoch FROM upper(during) - timestamptz '1970-01-01 00:00:00+00')::bigint
)"""


class Occupancy(SQLModel, table=True):
    """One resource, taken for `during` (turnaround included) by `subject_id`. `held` rows lapse at
    `expires_at`; `pending` ones wait for a coordinator and block; `firm` ones stand."""

    __tablename__ = "occupancy"
    __table_args__ = (
        ExcludeConstraint((text("slot"), "&&"), using="gist", name="nothing_twice"),
        CheckConstraint("purpose IN ('booking', 'block', 'meeting', 'session', 'outside')", name="occupancy_purpose"),
        CheckConstraint("state IN ('held', 'pending', 'firm')", name="occupancy_state"),
        CheckConstraint("(state = 'held') = (expires_at IS NOT NULL)", name="occupancy_held_expires"),
        CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)"
            " AND lower(during) >= timestamptz '2000-01-01 00:00:00+00'"
            " AND upper(during) < timestamptz '2200-01-01 00:00:00+00'",
            name="occupancy_bounded",
        ),
        Index(
            "occupancy_of_resource", "resource_id", text("lower(during)"), postgresql_include=["during", "expires_at"]
        ),
        Index("occupancy_of_subject", "subject_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    resource_id: int = Field(foreign_key="resource.id", sa_type=BigInteger)
    during: Range[datetime] = period()
    purpose: str = Field(sa_type=Text)
    subject_id: UUID
    state: str = Field(sa_type=Text)
    expires_at: datetime | None = moment(nullable=True)
    slot: Range[int] | None = Field(default=None, sa_column=Column("slot", INT8RANGE, Computed(SLOT, persisted=True)))
