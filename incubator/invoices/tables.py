"""Who sells, who buys, and what was invoiced. Money is grosz."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment

NIP = "[1-9](\\d[1-9]|[1-9]\\d)\\d{7}"


class SellerFacts(SQLModel, table=True):
    """How a gmina names itself on invoices from a day on; the latest that counts is the one that counts."""

    __tablename__ = "invoice_seller"
    __table_args__ = (
        UniqueConstraint("gmina_id", "from_day", name="invoice_seller_day"),
        CheckConstraint(f"nip ~ '^{NIP}$'", name="invoice_seller_nip"),
        CheckConstraint("name <> '' AND line1 <> ''", name="invoice_seller_whole"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    from_day: date
    name: str = Field(sa_type=Text)
    nip: str = Field(sa_type=Text)
    line1: str = Field(sa_type=Text)
    line2: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class IssuingUnit(SQLModel, table=True):
    """By what an incubator is known as the unit of its gmina that issues: a NIP of its own, or the gmina's NIP with
    five digits. Its name and address are the incubator's."""

    __tablename__ = "invoice_unit"
    __table_args__ = (
        CheckConstraint(f"nip = '' OR nip ~ '^{NIP}$'", name="invoice_unit_nip"),
        CheckConstraint(f"internal_id = '' OR internal_id ~ '^{NIP}-\\d{{5}}$'", name="invoice_unit_internal_id"),
    )

    incubator_id: UUID = Field(foreign_key="incubator.id", primary_key=True)
    nip: str = Field(default="", sa_type=Text)
    internal_id: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class BuyerDetails(SQLModel, table=True):
    """Whom invoices of a person, or of an organisation, name. `told` is a document's Buyer."""

    __tablename__ = "invoice_buyer"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="invoice_buyer_of_one"),
        CheckConstraint(
            "organisation_id IS NULL OR nip <> '' OR coalesce(told->'address'->>'country', 'PL') <> 'PL'",
            name="invoice_buyer_nip",
        ),
        UniqueConstraint("account_id", name="invoice_buyer_account"),
        UniqueConstraint("organisation_id", name="invoice_buyer_organisation"),
    )

    id: UUID = key()
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    nip: str = Field(default="", sa_type=Text)
    told: dict[str, Any] = Field(sa_type=JSONB)
    version: int = Field(default=1)


class Series(SQLModel, table=True):
    """The counter of an incubator's invoices in a year: who issues locks its row until the transaction ends. Its key
    is all that is unique in it: ON CONFLICT waits on one constraint, and a second one would fail whoever is first
    together with another. That numbers are unique is for `invoice_number` to say."""

    __tablename__ = "invoice_series"
    __table_args__ = (CheckConstraint("last > 0", name="invoice_series_last"),)

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    incubator_id: UUID = Field(foreign_key="incubator.id", primary_key=True)
    year: int = Field(primary_key=True)
    prefix: str = Field(sa_type=Text)
    last: int
    last_on: date


class Invoice(SQLModel, table=True):
    """What was issued, for ever (trigger `invoices_are_kept`), numbered without gaps on days that do not run
    backwards (trigger `invoices_follow`). Sums of a correction are the differences that it makes; `corrects` is the
    first invoice, `turn` its how manieth correction. `charge_id` is what was owed. `instead_of` is the invoice that named
    somebody else and was corrected to nothing."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("gmina_id", "incubator_id", "year", "n", name="invoice_numbered"),
        UniqueConstraint("gmina_id", "number", name="invoice_number"),
        UniqueConstraint("corrects", "turn", name="invoice_turn"),
        UniqueConstraint("instead_of", name="invoice_instead_once"),
        UniqueConstraint("ksef_number", name="invoice_ksef_once"),
        CheckConstraint("kind IN ('invoice', 'advance', 'correction')", name="invoice_kind"),
        CheckConstraint("(kind = 'correction') = (corrects IS NOT NULL)", name="invoice_corrects"),
        CheckConstraint("(corrects IS NOT NULL) = (turn > 0)", name="invoice_turns"),
        CheckConstraint("instead_of IS NULL OR corrects IS NULL", name="invoice_instead"),
        CheckConstraint("kind = 'correction' OR gross > 0", name="invoice_of_something"),
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="invoice_of_one"),
        CheckConstraint("year = extract(year FROM issued_on) AND n > 0", name="invoice_year"),
        CheckConstraint(
            "net = net_23 + net_8 + net_5 + net_0 + net_zw AND vat = vat_23 + vat_8 + vat_5 AND gross = net + vat",
            name="invoice_sums",
        ),
        CheckConstraint("(ksef_number IS NULL) = (ksef_noted_at IS NULL)", name="invoice_ksef"),
        Index(
            "invoice_of_charge",
            "charge_id",
            unique=True,
            postgresql_where=text("kind <> 'correction' AND instead_of IS NULL"),
        ),
        Index("invoice_by_charge", "charge_id", postgresql_where=text("charge_id IS NOT NULL")),
        Index("invoice_of_gmina", "gmina_id", "issued_on", "id"),
        Index("invoice_of_subject", "subject_id"),
        Index("invoice_of_account", "account_id", "issued_on", postgresql_where=text("account_id IS NOT NULL")),
        Index("invoice_of_organisation", "organisation_id", "issued_on"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    incubator_id: UUID = Field(foreign_key="incubator.id")
    year: int
    n: int
    number: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    corrects: UUID | None = Field(default=None, foreign_key="invoice.id")
    turn: int = Field(default=0)
    instead_of: UUID | None = Field(default=None, foreign_key="invoice.id")
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    charge_id: UUID | None = Field(default=None)
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    issued_on: date
    supplied_on: date
    net_23: int = Field(default=0, sa_type=BigInteger)
    vat_23: int = Field(default=0, sa_type=BigInteger)
    net_8: int = Field(default=0, sa_type=BigInteger)
    vat_8: int = Field(default=0, sa_type=BigInteger)
    net_5: int = Field(default=0, sa_type=BigInteger)
    vat_5: int = Field(default=0, sa_type=BigInteger)
    net_0: int = Field(default=0, sa_type=BigInteger)
    net_zw: int = Field(default=0, sa_type=BigInteger)
    net: int = Field(sa_type=BigInteger)
    vat: int = Field(sa_type=BigInteger)
    gross: int = Field(sa_type=BigInteger)
    document: dict[str, Any] = Field(sa_type=JSONB)
    ksef_number: str | None = Field(default=None, sa_type=Text)
    ksef_noted_at: datetime | None = moment(nullable=True)
    forgotten_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class InvoiceFile(SQLModel, table=True):
    """The structured file of an invoice, from the moment that it was first handed out: what KSeF was given, and what the
    code on the paper is made of, byte for byte (trigger `invoice_files_are_kept`)."""

    __tablename__ = "invoice_file"
    __table_args__ = (CheckConstraint("sha256 = sha256(content)", name="invoice_file_sha256"),)

    invoice_id: UUID = Field(foreign_key="invoice.id", primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)
    sha256: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = moment()
