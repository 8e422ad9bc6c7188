"""Agree with a mentor on what the gmina pays for."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.contracts import ContractNumberTaken, contract_view, must_run_forward
from incubator.mentoring.details import ContractTerms
from incubator.mentoring.mentor_views import ContractView
from incubator.mentoring.reach import Change, mentor_at_desk, told
from incubator.people.actor import Actor

# The constraint mentor_contract_number judges two at once; no row back means it was there.
ADD = """
INSERT INTO mentor_contract (mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 1) ON CONFLICT DO NOTHING RETURNING *
"""


async def add_contract(tx: Tx, *, actor: Actor, mentor_id: UUID, terms: ContractTerms, now: datetime) -> ContractView:
    """For the coordinator. From the first contract on the mentor is met within contracts alone. Raises
    NoSuchMentor, NotYours, MentorRetired, ContractDaysCross, ContractNumberTaken."""
    row = await mentor_at_desk(tx, actor=actor, mentor_id=mentor_id)
    must_run_forward(terms)
    given = (terms.number, terms.starts, terms.ends, terms.rate_minor, terms.budget_minutes)
    made = await tx.fetchrow(ADD, mentor_id, *given, now)
    if made is None:
        raise ContractNumberTaken(terms.number)
    after = {"contract_id": made["id"], "budget_minutes": terms.budget_minutes}
    change = Change(verb="add_contract", about=N_("a contract"), after=after)
    await told(tx, actor=actor, row=row, change=change, now=now)
    return contract_view(made)
