"""Contracts of mentors: the figures that are nobody's business but the mentor's and the coordinator's."""

from datetime import date
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.mentoring.details import ContractTerms
from incubator.mentoring.mentor_views import ContractView, PolicyView
from incubator.places.details import picked


class NoSuchContract(NotFound):
    code = "no_such_contract"
    sentence = N_("There is no such contract with this mentor.")


class ContractDaysCross(Invalid):
    code = "contract_days_cross"
    sentence = N_("The contract must not end before it starts: {starts} – {ends}.")

    def __init__(self, starts: date, ends: date) -> None:
        super().__init__()
        self.starts, self.ends = starts, ends


class ContractNumberTaken(Conflict):
    code = "contract_number_taken"
    sentence = N_("There is a contract with this number with this mentor already: {number}.")

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number


class BudgetBelowUse(Conflict):
    """A budget below what meetings have drawn from it already. `used_minutes` is what they have."""

    code = "budget_below_use"
    sentence = N_("The budget cannot be smaller than what is used of it already: {used_minutes} minutes.")

    def __init__(self, used_minutes: int) -> None:
        super().__init__()
        self.used_minutes = used_minutes


CONTRACTS = "SELECT * FROM mentor_contract WHERE mentor_id = $1 ORDER BY starts DESC, number"
POLICY = """
SELECT gmina.id AS gmina_id, slug AS gmina_slug, name AS gmina_name, organisation_minutes, person_minutes,
    coalesce(mentoring_policy.version, 0) AS version
FROM gmina LEFT JOIN mentoring_policy ON mentoring_policy.gmina_id = gmina.id WHERE $1::uuid[] IS NULL OR gmina.id = ANY($1)
ORDER BY gmina.name
"""


async def contracts_of(tx: Tx, *, mentor_id: UUID) -> list[ContractView]:
    """The latest first. Who may see them is the caller's to ask."""
    return [contract_view(row) for row in await tx.fetch(CONTRACTS, mentor_id)]


async def policies(tx: Tx, *, gmina_ids: list[UUID] | None) -> list[PolicyView]:
    """Of these gminas, or of all, by name."""
    return [PolicyView(**row) for row in await tx.fetch(POLICY, gmina_ids)]


def contract_view(row: asyncpg.Record) -> ContractView:
    return ContractView(
        id=row["id"],
        terms=picked(row, ContractTerms),
        used_minutes=row["used_minutes"],
        left_minutes=row["budget_minutes"] - row["used_minutes"],
        version=row["version"],
    )


def must_run_forward(terms: ContractTerms) -> None:
    """Raises ContractDaysCross."""
    if terms.starts > terms.ends:
        raise ContractDaysCross(terms.starts, terms.ends)
