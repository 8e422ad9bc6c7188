"""Credits: what an organisation, or a person for themself, was granted, and what is left of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period


class Credit(SQLModel, table=True):
    """So much of `kind` for whoever holds it, an organisation or a person, to be drawn for what takes place within `valid`. The check
    is the judge: two requests for the last minute cannot both have it.

    `gmina_id` empty is good in every gmina. `programme_id` is the programme that granted it, `source_id` what exactly
    did (a participation, or the deed of a coordinator). A credit that ends early has its `valid` cut short.
    Units: minutes for room_minutes and mentor_minutes, days for desk_days, seats for seats."""

    __tablename__ = "credit"
    __table_args__ = (
        CheckConstraint("kind IN ('room_minutes', 'desk_days', 'mentor_minutes', 'seats')", name="credit_kind"),
        CheckConstraint("granted > 0", name="credit_granted"),
        CheckConstraint("used >= 0", name="credit_used_not_negative"),
        CheckConstraint("used <= granted", name="credit_not_exceeded"),
        CheckConstraint("NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid)", name="credit_bounded"),
        CheckConstraint("num_nonnulls(organisation_id, account_id) = 1", name="credit_of_one"),
        Index("credit_of_holder", "holder_id", "kind", text("upper(valid)")),
        Index("credit_of_source", "source_id"),
    )

    id: UUID = key()
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    holder_id: UUID = Field(
        default=None,
        sa_column=Column(Uuid, Computed("coalesce(organisation_id, account_id)", persisted=True), nullable=True),
    )
    kind: str = Field(sa_type=Text)
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    programme_id: UUID | None = Field(default=None)
    source_id: UUID
    name_pl: str = Field(default="", sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    valid: Range[datetime] = period()
    granted: int
    used: int = Field(default=0)
    created_at: datetime = moment(now=True)
