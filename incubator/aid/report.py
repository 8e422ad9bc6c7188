"""What a gmina hands in to the register of aid: drafted from entries that no report has yet, approved by a person."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from incubator.aid.queries import ENTRY
from incubator.aid.views import AidEntryView, ReportView
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


class NoSuchAidReport(NotFound):
    """None with this identifier in a gmina of the asker's."""

    code = "no_such_aid_report"
    sentence = N_("There is no such report on aid.")


class NothingToReport(Conflict):
    """Every entry of these days stands in a report, or there is none."""

    code = "nothing_to_report"
    sentence = N_("There is no aid of these days that is not in a report already.")


class AidReportApproved(Conflict):
    """An approved report stays as it is."""

    code = "aid_report_approved"
    sentence = N_("This report was approved and stays as it is.")


VIEW = """
SELECT report.id, report.gmina_id, gmina.name AS gmina_name, first_day, last_day, made_at, approved_at,
    count(entry.id)::int AS entries, coalesce(sum(amount), 0)::bigint AS amount,
    coalesce(sum(amount_cents), 0)::bigint AS amount_cents
FROM aid_report AS report JOIN gmina ON gmina.id = report.gmina_id
    LEFT JOIN aid_reported ON report_id = report.id LEFT JOIN aid_entry AS entry ON entry.id = entry_id
WHERE (report.gmina_id = ANY($1::uuid[]) OR $2) {}
GROUP BY report.id, gmina.id ORDER BY report.id DESC LIMIT 500
"""
INSERT = """
INSERT INTO aid_report (id, gmina_id, first_day, last_day, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
# Two drafts of the same days at once: each entry goes to one of them.
FILL = """
INSERT INTO aid_reported (entry_id, report_id)
SELECT id, $1 FROM aid_entry WHERE gmina_id = $2 AND granted_on BETWEEN $3 AND $4
    AND NOT EXISTS (SELECT FROM aid_reported WHERE entry_id = aid_entry.id) ORDER BY id
ON CONFLICT DO NOTHING RETURNING 1
"""
LOCK = "SELECT approved_at FROM aid_report WHERE id = $1 FOR UPDATE"
APPROVE = "UPDATE aid_report SET approved_at = $2, approved_by = $3 WHERE id = $1"
EMPTY = "DELETE FROM aid_reported WHERE report_id = $1"
DROP = "DELETE FROM aid_report WHERE id = $1"


async def draft_report(
    tx: Tx, *, actor: Actor, gmina_id: UUID, first_day: date, last_day: date, now: datetime
) -> ReportView:
    """All entries of these days that stand in no report yet. Raises NotYours, NothingToReport."""
    must_coordinate(actor, gmina_id)
    if last_day < first_day:
        raise NothingToReport()
    key = uuid7()
    await tx.execute(INSERT, key, gmina_id, first_day, last_day, actor.account_id, now)
    if not await tx.fetch(FILL, key, gmina_id, first_day, last_day):
        await tx.execute(DROP, key)
        raise NothingToReport()
    return await _told(tx, actor, key, "draft_aid_report", now)


async def approve_report(tx: Tx, *, actor: Actor, report_id: UUID, now: datetime) -> ReportView:
    """Raises NoSuchAidReport, AidReportApproved."""
    await _draft(tx, actor, report_id)
    await tx.execute(APPROVE, report_id, now, actor.account_id)
    return await _told(tx, actor, report_id, "approve_aid_report", now)


async def drop_report(tx: Tx, *, actor: Actor, report_id: UUID, now: datetime) -> None:
    """A draft that is not wanted: its entries are free for another. Raises NoSuchAidReport, AidReportApproved."""
    await _draft(tx, actor, report_id)
    await _told(tx, actor, report_id, "drop_aid_report", now)
    await tx.execute(EMPTY, report_id)
    await tx.execute(DROP, report_id)


async def reports_for(tx: Tx, *, actor: Actor) -> list[ReportView]:
    """The latest first."""
    rows = await tx.fetch(VIEW.format(""), list(actor.coordinates), actor.is_administrator)
    return [ReportView(**row) for row in rows]


async def report_for(tx: Tx, *, actor: Actor, report_id: UUID) -> ReportView:
    """Raises NoSuchAidReport."""
    reach = (list(actor.coordinates), actor.is_administrator)
    row = await tx.fetchrow(VIEW.format("AND report.id = $3"), *reach, report_id)
    if row is None:
        raise NoSuchAidReport()
    return ReportView(**row)


async def reported(tx: Tx, *, actor: Actor, report_id: UUID) -> Sequence[AidEntryView]:
    """What stands in a report, the oldest first. Raises NoSuchAidReport."""
    await report_for(tx, actor=actor, report_id=report_id)
    rows = await tx.fetch(f"{ENTRY} WHERE report_id = $1 ORDER BY granted_on, entry.id", report_id)
    return [AidEntryView(**row) for row in rows]


async def _draft(tx: Tx, actor: Actor, report_id: UUID) -> None:
    """The report, locked. Raises NoSuchAidReport, AidReportApproved."""
    await report_for(tx, actor=actor, report_id=report_id)
    if await tx.fetchval(LOCK, report_id) is not None:
        raise AidReportApproved()


async def _told(tx: Tx, actor: Actor, report_id: UUID, verb: str, now: datetime) -> ReportView:
    view = await report_for(tx, actor=actor, report_id=report_id)
    await record_of(tx, "aid_report", view, verb=verb, actor_id=actor.account_id, now=now)
    return view
