"""Price lists, what they say of spaces and buyers, and quotes that were kept.

Amounts are whole grosz, net or gross as the list states them. What was published is never changed:
triggers refuse it, for the list and for all that belongs to it. Quotes are only ever added.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment

VAT = "vat IN ('23', '8', '5', '0', 'zw', 'np')"
BASIS = "vat <> 'zw' OR basis <> ''"
CATEGORY = "category IN ('resident', 'ngo', 'incubated', 'public', 'commercial')"
STATED = "stated IN ('net', 'gross')"


class PriceList(SQLModel, table=True):
    """What an incubator asks from a day on, adopted by an act. `startups_incubated`: every startup pays
    as one that takes part in a programme does, and not only those that do. `pays_first`: whose bookings are firm
    only once they are paid; `due_days`: the time for a transfer."""

    __tablename__ = "price_list"
    __table_args__ = (
        CheckConstraint(STATED, name="price_list_stated"),
        CheckConstraint("state IN ('draft', 'published')", name="price_list_state"),
        CheckConstraint("pays_first IN ('nobody', 'persons', 'everybody')", name="price_list_pays_first"),
        CheckConstraint("due_days BETWEEN 1 AND 60", name="price_list_due_days"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="price_list_published"),
        CheckConstraint(
            "state = 'draft' OR (act_number <> '' AND act_day IS NOT NULL)", name="price_list_adopted_by_an_act"
        ),
        Index(
            "price_list_one_a_day",
            "incubator_id",
            "in_force_from",
            unique=True,
            postgresql_where=text("state = 'published'"),
        ),
        Index("price_list_of_incubator", "incubator_id", "in_force_from"),
    )

    id: UUID = key()
    incubator_id: UUID = Field(foreign_key="incubator.id")
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    act_number: str = Field(default="", sa_type=Text)
    act_day: date | None = Field(default=None)
    act_url: str = Field(default="", sa_type=Text)
    in_force_from: date
    stated: str = Field(default="gross", sa_type=Text)
    startups_incubated: bool = Field(default=False)
    pays_first: str = Field(default="nobody", sa_type=Text, sa_column_kwargs={"server_default": "nobody"})
    due_days: int = Field(default=14, sa_column_kwargs={"server_default": "14"})
    state: str = Field(default="draft", sa_type=Text)
    copied_from: UUID | None = Field(default=None, foreign_key="price_list.id")
    created_at: datetime = moment(now=True)
    published_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)


class Tariff(SQLModel, table=True):
    """Prices that some spaces of a list share. Time counts by every begun `step_minutes`; a half day is
    `half_day_minutes`, a day `day_minutes` or, where there are none, the whole day. The deposit is asked for above
    `deposit_above_minutes`; `peak_percent` is added for what begins in the peak (1 Monday … 7 Sunday,
    minutes on the clock in Warsaw)."""

    __tablename__ = "tariff"
    __table_args__ = (
        UniqueConstraint("id", "list_id", name="tariff_of_its_list"),
        CheckConstraint(VAT, name="tariff_vat"),
        CheckConstraint(BASIS, name="tariff_exempt_on_a_basis"),
        CheckConstraint("step_minutes IN (15, 30, 60)", name="tariff_step"),
        CheckConstraint("half_day_minutes BETWEEN 60 AND 720", name="tariff_half_day"),
        CheckConstraint("day_minutes BETWEEN half_day_minutes AND 1440", name="tariff_day"),
        CheckConstraint(
            "half_day_minutes % step_minutes = 0 AND day_minutes % step_minutes = 0", name="tariff_days_of_whole_steps"
        ),
        CheckConstraint(
            "deposit BETWEEN 0 AND 100000000 AND deposit_above_minutes BETWEEN 0 AND 527040", name="tariff_deposit"
        ),
        CheckConstraint(
            "peak_percent BETWEEN 0 AND 500 AND 0 <= peak_from AND peak_from <= peak_until AND peak_until <= 1440"
            " AND peak_weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]",
            name="tariff_peak",
        ),
    )

    id: UUID = key()
    list_id: UUID = Field(foreign_key="price_list.id", index=True, ondelete="CASCADE")
    position: int = Field(default=0)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    vat: str = Field(default="23", sa_type=Text)
    basis: str = Field(default="", sa_type=Text)
    step_minutes: int = Field(default=60)
    half_day_minutes: int = Field(default=240)
    day_minutes: int | None = Field(default=None)
    deposit: int = Field(default=0)
    deposit_above_minutes: int = Field(default=0)
    peak_weekdays: list[int] = Field(
        default_factory=list, sa_type=ARRAY(Integer), nullable=False, sa_column_kwargs={"server_default": text("'{}'")}
    )
    peak_from: int = Field(default=0)
    peak_until: int = Field(default=0)
    peak_percent: int = Field(default=0)


class TariffSpace(SQLModel, table=True):
    """Which spaces a tariff is for: each has one at most in a list."""

    __tablename__ = "tariff_space"
    __table_args__ = (
        ForeignKeyConstraint(["tariff_id", "list_id"], ["tariff.id", "tariff.list_id"], ondelete="CASCADE"),
        UniqueConstraint("list_id", "space_id", name="tariff_space_once"),
    )

    tariff_id: UUID = Field(primary_key=True)
    space_id: UUID = Field(primary_key=True, foreign_key="space.id", index=True)
    list_id: UUID


class Rate(SQLModel, table=True):
    """What a unit costs a kind of buyer, `local_only` those at home in the gmina. Of hours it may say
    from which one of a day it counts. No `market`: what a commercial buyer pays."""

    __tablename__ = "rate"
    __table_args__ = (
        CheckConstraint(CATEGORY, name="rate_category"),
        CheckConstraint("unit IN ('hour', 'half_day', 'day', 'month', 'entry')", name="rate_unit"),
        CheckConstraint("from_unit BETWEEN 1 AND 24 AND (unit = 'hour' OR from_unit = 1)", name="rate_bracket"),
        CheckConstraint("price BETWEEN 0 AND 100000000", name="rate_price"),
        CheckConstraint("market BETWEEN 0 AND 100000000", name="rate_market"),
    )

    tariff_id: UUID = Field(primary_key=True, foreign_key="tariff.id", ondelete="CASCADE")
    category: str = Field(primary_key=True, sa_type=Text)
    local_only: bool = Field(primary_key=True, sa_type=Boolean)
    unit: str = Field(primary_key=True, sa_type=Text)
    from_unit: int = Field(primary_key=True, default=1)
    price: int
    market: int | None = Field(default=None)


class Extra(SQLModel, table=True):
    """What can be had besides the space: equipment, catering, early opening."""

    __tablename__ = "extra"
    __table_args__ = (
        CheckConstraint("per IN ('booking', 'hour', 'person', 'day')", name="extra_per"),
        CheckConstraint("price BETWEEN 0 AND 100000000", name="extra_price"),
        CheckConstraint("market BETWEEN 0 AND 100000000", name="extra_market"),
        CheckConstraint(VAT, name="extra_vat"),
        CheckConstraint(BASIS, name="extra_exempt_on_a_basis"),
    )

    id: UUID = key()
    list_id: UUID = Field(foreign_key="price_list.id", index=True, ondelete="CASCADE")
    position: int = Field(default=0)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    per: str = Field(default="booking", sa_type=Text)
    price: int
    market: int | None = Field(default=None)
    vat: str = Field(default="23", sa_type=Text)
    basis: str = Field(default="", sa_type=Text)


class Quote(SQLModel, table=True):
    """What something was quoted at, for ever: sums for the ledger and the treasurer, lines that explain
    themselves whatever becomes of the list. `subject_kind` and `subject_id` say what for. For an
    organisation, or for a person themself. No foreign key to what nobody deletes and every quote of a
    gmina would lock at once (docs/decisions/0010)."""

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint(CATEGORY, name="quote_category"),
        CheckConstraint(STATED, name="quote_stated"),
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="quote_of_one_party"),
        CheckConstraint(
            "least(net, vat, market_net, market_vat, deposit) >= 0 AND gross = net + vat", name="quote_sums"
        ),
        CheckConstraint("jsonb_typeof(lines) = 'array'", name="quote_lines"),
        Index("quote_of_subject", "subject_id"),
        Index("quote_of_account", "account_id", postgresql_where=text("account_id IS NOT NULL")),
    )

    id: UUID = key()
    gmina_id: UUID
    incubator_id: UUID
    list_id: UUID | None = Field(default=None)
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    category: str = Field(sa_type=Text)
    stated: str = Field(sa_type=Text)
    net: int = Field(sa_type=BigInteger)
    vat: int = Field(sa_type=BigInteger)
    gross: int = Field(sa_type=BigInteger)
    market_net: int = Field(sa_type=BigInteger)
    market_vat: int = Field(sa_type=BigInteger)
    deposit: int = Field(sa_type=BigInteger)
    lines: list[Any] = Field(sa_type=JSONB)
    made_at: datetime = moment(now=True)
