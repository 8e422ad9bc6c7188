"""Change what was agreed with a mentor."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.contracts import (
    BudgetBelowUse,
    ContractNumberTaken,
    NoSuchContract,
    contract_view,
    must_run_forward,
)
from incubator.mentoring.details import ContractTerms
from incubator.mentoring.mentor_views import ContractView
from incubator.mentoring.reach import Change, mentor_at_desk, told
from incubator.people.actor import Actor
from incubator.places.details import differences, picked
from incubator.web.etags import must_be_current

# Locked: no meeting draws on the contract between the look and the change.
CONTRACT = "SELECT * FROM mentor_contract WHERE id = $1 AND mentor_id = $2 FOR UPDATE"
SET = """
UPDATE mentor_contract SET number = $2, starts = $3, ends = $4, rate_minor = $5, budget_minutes = $6, version = version + 1
WHERE id = $1 RETURNING *
"""


async def change_contract(
    tx: Tx,
    *,
    actor: Actor,
    mentor_id: UUID,
    contract_id: UUID,
    terms: ContractTerms,
    seen: int | None = None,
    now: datetime,
) -> ContractView:
    """For the coordinator; `seen` is the contract's version. Raises NoSuchMentor, NotYours, MentorRetired,
    NoSuchContract, ChangedMeanwhile, ContractDaysCross, ContractNumberTaken, BudgetBelowUse."""
    row = await mentor_at_desk(tx, actor=actor, mentor_id=mentor_id, retired=True)
    contract = await tx.fetchrow(CONTRACT, contract_id, mentor_id)
    if contract is None:
        raise NoSuchContract()
    must_be_current(contract["version"], seen)
    must_run_forward(terms)
    if terms.budget_minutes < contract["used_minutes"]:
        raise BudgetBelowUse(contract["used_minutes"])
    changed = await _set(tx, contract, terms)
    before, after = differences(picked(contract, ContractTerms), terms, untold=frozenset({"number"}))
    change = Change(verb="change_contract", about=N_("a contract"), before=before, after=after)
    await told(tx, actor=actor, row=row, change=change, now=now)
    return contract_view(changed)


async def _set(tx: Tx, contract: asyncpg.Record, terms: ContractTerms) -> asyncpg.Record:
    given = (terms.number, terms.starts, terms.ends, terms.rate_minor, terms.budget_minutes)
    try:
        changed = await tx.fetchrow(SET, contract["id"], *given)
    except asyncpg.UniqueViolationError:
        raise ContractNumberTaken(terms.number) from None
    except asyncpg.CheckViolationError as error:
        if error.constraint_name != "mentor_budget_not_exceeded":
            raise
        raise BudgetBelowUse(contract["used_minutes"]) from None
    assert changed is not None
    return changed
