"""De minimis aid: its dated limits, the rates of the euro, who counts as one undertaking, what it was granted
here and declares of elsewhere. Money in grosz and euro cents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


def written() -> Any:
    """A text that may be empty."""
    return Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class AidLimit(SQLModel, table=True):
    """From `valid_from` on an undertaking may get `ceiling_cents` in `years` years, under the regulation named by
    `basis`, until `valid_until` (its last day). The limit of a day is the latest that is valid from it or earlier.
    A declaration of aid from elsewhere is good for `declared_days` days."""

    __tablename__ = "aid_limit"
    __table_args__ = (
        CheckConstraint("ceiling_cents > 0 AND years BETWEEN 1 AND 10 AND declared_days > 0", name="aid_limit_some"),
        CheckConstraint("valid_from <= valid_until", name="aid_limit_days"),
    )

    valid_from: date = Field(primary_key=True)
    valid_until: date | None = Field(default=None)
    ceiling_cents: int = Field(sa_type=BigInteger)
    years: int
    declared_days: int
    basis: str = Field(sa_type=Text)
    entered_by: UUID | None = Field(default=None, foreign_key="account.id")
    entered_at: datetime = moment(now=True)


class EuroRate(SQLModel, table=True):
    """What a euro cost on a day by the central bank's table of mean rates: `rate` ten-thousandths of a złoty. Days
    without a table are not here: the last one before them counts."""

    __tablename__ = "euro_rate"
    __table_args__ = (CheckConstraint("rate BETWEEN 10000 AND 1000000", name="euro_rate_likely"),)

    day: date = Field(primary_key=True)
    table_number: str = Field(sa_type=Text, unique=True)
    rate: int


class Undertaking(SQLModel, table=True):
    """Linked organisations are one: the ceiling is theirs together. Whoever grants locks this row."""

    __tablename__ = "undertaking"

    id: UUID = key()
    created_at: datetime = moment(now=True)


class UndertakingMember(SQLModel, table=True):
    """Which undertaking an organisation belongs to; `because` says by what it is linked (art. 2(2))."""

    __tablename__ = "undertaking_member"

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    undertaking_id: UUID = Field(foreign_key="undertaking.id", index=True)
    because: str = Field(default="", sa_type=Text)
    since: datetime = moment(now=True)
    linked_by: UUID | None = Field(default=None, foreign_key="account.id")


class AidBenchmark(SQLModel, table=True):
    """What an hour that a gmina gives free of charge costs at the market from a day on: of a mentor, or of a seat at a
    training. Net grosz; `source` says in Polish how it was found. Never changed (trigger `aid_benchmark_is_kept`), only
    followed: the one of a day is the latest that counts since it or earlier."""

    __tablename__ = "aid_benchmark"
    __table_args__ = (
        CheckConstraint("what IN ('mentor_hour', 'training_hour')", name="aid_benchmark_what"),
        CheckConstraint("price > 0", name="aid_benchmark_some"),
    )

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    what: str = Field(sa_type=Text, primary_key=True)
    since: date = Field(primary_key=True)
    price: int = Field(sa_type=BigInteger)
    source: str = Field(sa_type=Text)
    set_by: UUID = Field(foreign_key="account.id")
    set_at: datetime = moment(now=True)


class AidEntry(SQLModel, table=True):
    """Aid that was granted, or with `reverses` taken back because the right to it fell away: then its figures are
    negative. Never changed (trigger `aid_is_append_only`), never over the ceiling (trigger `aid_ceiling`).
    `benchmark` says where the market price stands. `turn` counts the entries of a
    subject: a booking that was moved is granted, taken back and granted anew. `minutes` are those of a mentor, or of
    a session times its seats; a space has none. Papers say who it was granted to by the `holder_…` of that day."""

    __tablename__ = "aid_entry"
    __table_args__ = (
        CheckConstraint("market - charged = amount", name="aid_entry_difference"),
        CheckConstraint(
            "(reverses IS NULL AND market > 0 AND charged >= 0 AND amount > 0 AND amount_cents >= 0)"
            " OR (reverses IS NOT NULL AND market < 0 AND charged <= 0 AND amount < 0 AND amount_cents <= 0)",
            name="aid_entry_sign",
        ),
        CheckConstraint("rate_day <= granted_on", name="aid_entry_rate_known"),
        CheckConstraint("minutes > 0", name="aid_entry_minutes"),
        CheckConstraint("holder_size IN ('', 'micro', 'small', 'medium', 'large')", name="aid_entry_size"),
        Index("aid_entry_once", "subject_kind", "subject_id", "turn", unique=True),
        Index("aid_entry_reversed_once", "reverses", unique=True, postgresql_where=text("reverses IS NOT NULL")),
        Index("aid_entry_of_organisation", "organisation_id", "granted_on"),
        Index("aid_entry_of_gmina", "gmina_id", "granted_on"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    turn: int
    granted_on: date
    granted_at: datetime = moment()
    market: int = Field(sa_type=BigInteger)
    charged: int = Field(sa_type=BigInteger)
    amount: int = Field(sa_type=BigInteger)
    amount_cents: int = Field(sa_type=BigInteger)
    rate: int
    rate_day: date
    rate_table: str = Field(sa_type=Text)
    basis: str = Field(sa_type=Text)
    benchmark: str = Field(sa_type=Text)
    reverses: UUID | None = Field(default=None, foreign_key="aid_entry.id")
    granted_by: UUID | None = Field(default=None)
    minutes: int | None = Field(default=None)
    holder_name: str = written()
    holder_nip: str | None = Field(default=None, sa_type=Text)
    holder_address: str = written()
    holder_size: str = written()


class AidDeclaration(SQLModel, table=True):
    """An organisation says that what it declared of aid from elsewhere is all there is, on that day; and where its
    seat is and how large it is (Annex I of Regulation (EU) 651/2014), as papers have to say."""

    __tablename__ = "aid_declaration"
    __table_args__ = (
        CheckConstraint("size IN ('', 'micro', 'small', 'medium', 'large')", name="aid_declaration_size"),
        Index("aid_declaration_of", "organisation_id", "declared_at"),
    )

    id: UUID = key()
    organisation_id: UUID = Field(foreign_key="organisation.id")
    account_id: UUID = Field(foreign_key="account.id")
    declared_at: datetime = moment()
    address: str = written()
    size: str = written()


class AidElsewhere(SQLModel, table=True):
    """Aid that the undertaking was granted by somebody else: by whom, on which day, how much."""

    __tablename__ = "aid_elsewhere"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="aid_elsewhere_some"),
        Index("aid_elsewhere_of", "organisation_id", "granted_on"),
    )

    id: UUID = key()
    organisation_id: UUID = Field(foreign_key="organisation.id")
    granted_on: date
    provider: str = Field(sa_type=Text)
    amount_cents: int = Field(sa_type=BigInteger)
    entered_by: UUID = Field(foreign_key="account.id")
    entered_at: datetime = moment()
    withdrawn_at: datetime | None = moment(nullable=True)


class AidCertificate(SQLModel, table=True):
    """The certificate of one grant: drafted by the house, issued by a person."""

    __tablename__ = "aid_certificate"
    __table_args__ = (
        CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name="aid_certificate_by_a_person"),
        CheckConstraint("(issued_at IS NULL) = (number IS NULL)", name="aid_certificate_number"),
        Index("aid_certificate_number_once", "gmina_id", "year", "number", unique=True),
    )

    entry_id: UUID = Field(foreign_key="aid_entry.id", primary_key=True)
    gmina_id: UUID = Field(foreign_key="gmina.id")
    year: int
    number: int | None = Field(default=None)
    issued_by: UUID | None = Field(default=None, foreign_key="account.id")
    issued_at: datetime | None = moment(nullable=True)


class AidReport(SQLModel, table=True):
    """What a gmina hands in to the register of aid: a draft until a person approves it; an entry stands in one
    report only."""

    __tablename__ = "aid_report"
    __table_args__ = (
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="aid_report_by_a_person"),
        CheckConstraint("first_day <= last_day", name="aid_report_days"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    first_day: date
    last_day: date
    made_by: UUID = Field(foreign_key="account.id")
    made_at: datetime = moment(now=True)
    approved_by: UUID | None = Field(default=None, foreign_key="account.id")
    approved_at: datetime | None = moment(nullable=True)


class AidReported(SQLModel, table=True):
    """An entry in the report that it stands in."""

    __tablename__ = "aid_reported"

    entry_id: UUID = Field(foreign_key="aid_entry.id", primary_key=True)
    report_id: UUID = Field(foreign_key="aid_report.id", index=True)
