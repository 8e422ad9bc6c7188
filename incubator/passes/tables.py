"""Passes that somebody bought."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class PassBought(SQLModel, table=True):
    """A pass that an organisation, or a person for themself, bought by a price list. `bought_by` is who did it. `charge_id`
    is what is owed for it, none where it costs nothing. From the moment it is paid (`live_at`) it is a credit, whose
    `source_id` is the pass. `ended_at` is when what was left of it was no longer to be drawn."""

    __tablename__ = "pass_bought"
    __table_args__ = (
        CheckConstraint(
            "state IN ('ordered', 'active', 'lapsed', 'called_off', 'given_back', 'over')", name="pass_bought_state"
        ),
        CheckConstraint("num_nonnulls(organisation_id, account_id) = 1", name="pass_bought_of_one"),
        CheckConstraint(
            "(state IN ('active', 'given_back', 'over')) = (credit_id IS NOT NULL)"
            " AND (credit_id IS NULL) = (live_at IS NULL)",
            name="pass_bought_live",
        ),
        CheckConstraint("state <> 'over' OR ended_at IS NOT NULL", name="pass_bought_over"),
        Index("pass_bought_of_organisation", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
        Index("pass_bought_of_account", "account_id", postgresql_where=text("account_id IS NOT NULL")),
        Index("pass_bought_of_gmina", "gmina_id", "created_at", "id"),
        Index("pass_bought_credit", "credit_id", unique=True, postgresql_where=text("credit_id IS NOT NULL")),
        Index("pass_bought_charge", "charge_id", unique=True, postgresql_where=text("charge_id IS NOT NULL")),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    incubator_id: UUID = Field(foreign_key="incubator.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    bought_by: UUID = Field(foreign_key="account.id")
    product_id: UUID = Field(foreign_key="pass_product.id")
    quote_id: UUID
    charge_id: UUID | None = Field(default=None, foreign_key="charge.id")
    credit_id: UUID | None = Field(default=None, foreign_key="credit.id")
    state: str = Field(default="ordered", sa_type=Text)
    created_at: datetime = moment(now=True)
    live_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)
