"""What knowledge exchange comes to, narrowed by who asks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.totals import companies_shown
from incubator.exchanges.totals import TopicTotal, topic_totals
from incubator.newsletter.totals import readers_at
from incubator.people.actor import Actor
from incubator.people.queries import gminas
from incubator.programmes.queries import may_run
from incubator.registrations.totals import ExchangeTotal, exchange_totals
from incubator.reporting.exchange_rows import Counted, ExchangeReport, report_of
from incubator.reporting.rules import Days


async def exchange_of_all(tx: Tx, *, actor: Actor, days: Days, now: datetime) -> ExchangeReport:
    """Every gmina and the office for the metropolis office, their own for a coordinator."""
    if actor.is_office or actor.is_administrator:
        return await _report(tx, actor, days, None, now)
    return await exchange_of_own(tx, actor=actor, days=days, now=now)


async def exchange_of_own(tx: Tx, *, actor: Actor, days: Days, now: datetime) -> ExchangeReport:
    """The gminas that the asker coordinates; every gmina for the administrator."""
    return await _report(tx, actor, days, None if actor.is_administrator else list(actor.coordinates), now)


async def _report(tx: Tx, actor: Actor, days: Days, gmina_ids: Sequence[UUID] | None, now: datetime) -> ExchangeReport:
    span = days.span
    sessions = await exchange_totals(tx, gmina_ids=gmina_ids, span=span, now=now)
    topics = await topic_totals(tx, gmina_ids=gmina_ids, span=span)
    readers, companies = await readers_at(tx, moment=min(span.end, now)), await companies_shown(tx)
    shown: list[tuple[UUID | None, str | None]] = [
        (one.id, one.name) for one in await gminas(tx) if gmina_ids is None or one.id in gmina_ids
    ]
    counted = [
        Counted(
            gmina_id=key,
            gmina=name,
            own=may_run(actor, key),
            sessions=sessions.get(key, ExchangeTotal(gmina_id=key)),
            topics=topics.get(key, TopicTotal(gmina_id=key)),
            readers=readers.get(key, 0) if key else 0,
            companies=companies.get(key, 0) if key else 0,
        )
        for key, name in (*shown, *([(None, None)] if gmina_ids is None else []))
    ]
    return report_of(days=days, counted=counted, readers=readers[None] if gmina_ids is None else None)
