"""Passes on a price list: what can be paid ahead, and what each kind of buyer pays for it. They belong to the list as its
tariffs do: a trigger keeps what was published."""

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key
from incubator.pricing.tables import BASIS, CATEGORY, VAT


class PassProduct(SQLModel, table=True):
    """So many minutes of rooms or days at desks, good for `valid_days` days from the day on which they are paid."""

    __tablename__ = "pass_product"
    __table_args__ = (
        CheckConstraint("kind IN ('room_minutes', 'desk_days')", name="pass_product_kind"),
        CheckConstraint("amount BETWEEN 1 AND 1000000", name="pass_product_amount"),
        CheckConstraint("valid_days BETWEEN 1 AND 1100", name="pass_product_valid"),
        CheckConstraint(VAT, name="pass_product_vat"),
        CheckConstraint(BASIS, name="pass_product_exempt_on_a_basis"),
    )

    id: UUID = key()
    list_id: UUID = Field(foreign_key="price_list.id", index=True, ondelete="CASCADE")
    position: int = Field(default=0)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    kind: str = Field(sa_type=Text)
    amount: int
    valid_days: int
    vat: str = Field(default="23", sa_type=Text)
    basis: str = Field(default="", sa_type=Text)


class PassPrice(SQLModel, table=True):
    """What the pass costs a kind of buyer, `local_only` those at home in the gmina. No `market`: what a commercial
    buyer pays."""

    __tablename__ = "pass_price"
    __table_args__ = (
        CheckConstraint(CATEGORY, name="pass_price_category"),
        CheckConstraint("price BETWEEN 0 AND 100000000", name="pass_price_price"),
        CheckConstraint("market BETWEEN 0 AND 100000000", name="pass_price_market"),
    )

    product_id: UUID = Field(primary_key=True, foreign_key="pass_product.id", ondelete="CASCADE")
    category: str = Field(primary_key=True, sa_type=Text)
    local_only: bool = Field(primary_key=True, sa_type=Boolean)
    price: int
    market: int | None = Field(default=None)
