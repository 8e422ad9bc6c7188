"""The jobs of Stripe, by the names under which they are asked for."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from incubator.db.engine import Database
from incubator.jobs.work import Act, Job
from incubator.payments.stripe import till as named
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.client import NotNow
from incubator.payments.stripe.connect_account import ask_account
from incubator.payments.stripe.end_checkout import end_checkout
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.reconcile import reconcile
from incubator.payments.stripe.send_refund import ask_refund, send_refund
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.work_event import work_event

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ComesRound:
    """A job that is asked for again anyway until it is done (`ask_due`, `reconcile_due`): while Stripe is away it is
    left to the next time, and not held for people to look at. Where it is off, nobody is asked and nothing is told."""

    act: Act
    on: bool

    async def __call__(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        if not self.on:
            return
        try:
            await self.act(db, subject_id=subject_id, now=now)
        except NotNow as error:
            log.warning("stripe is asked again later", extra={"subject": str(subject_id), "reason": str(error)})


def acts(till: Till) -> Mapping[str, Act]:
    """What each job does."""
    return {
        named.OPEN_CHECKOUT: partial(open_checkout, till),
        named.END_CHECKOUT: partial(end_checkout, till),
        named.ASK_CHECKOUT: partial(ask_checkout, till),
        named.SEND_REFUND: partial(send_refund, till),
        named.ASK_REFUND: partial(ask_refund, till),
        named.ASK_ACCOUNT: partial(ask_account, till),
        named.RECONCILE: partial(reconcile, till),
        named.WORK_EVENT: partial(work_event, till),
    }


def stripe_jobs(till: Till) -> dict[str, Job]:
    """An event is told once, so its job is tried for hours and then held."""
    return {
        name: Job(act, tries=12) if name == named.WORK_EVENT else Job(ComesRound(act, till.on))
        for name, act in acts(till).items()
    }
