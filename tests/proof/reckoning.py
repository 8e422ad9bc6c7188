"""Holds the ledger against the database: what was acknowledged is there, and nothing that nobody
asked for.

A deed that got no answer may be there or not. So the deeds in the database that nobody was told of
are counted, a transaction each, and nobody may have more of them than requests without an answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from tests.auditing import audit
from tests.proof.house import TURNAROUND
from tests.proof.ledger import Date, Ledger, Taken, Told

HISTORY = """
SELECT at, actor_id, verb, subject_kind, subject_id, after->>'state' AS state,
    (after->>'start')::timestamptz AS start, (after->>'end')::timestamptz AS end
FROM history ORDER BY id
"""
DATES = """
SELECT series_id, occurrence, id AS booking_id, NULL AS code, lower(period) AS start, upper(period) AS end
FROM booking WHERE series_id IS NOT NULL
UNION ALL SELECT series_id, occurrence, NULL, code, lower(period), upper(period) FROM series_skip
ORDER BY series_id, occurrence
"""
TAKEN = """
SELECT id, space_id, lower(period) AS start, upper(period) AS end, removed_at IS NULL AS stands, 'block' AS kind FROM block
UNION ALL
SELECT id, space_id, lower(during), upper(during), withdrawn_at IS NULL, 'closure' FROM closure
UNION ALL
SELECT id, mentor_id, lower(period), upper(period), removed_at IS NULL, 'absence' FROM mentor_absence
"""
# Nobody in the traffic lets bookings stand under a closure.
UNDER_CLOSURES = """
SELECT booking.id, closure.id AS closure_id FROM closure JOIN booking ON booking.period && during
WHERE withdrawn_at IS NULL AND state IN ('held', 'awaiting_approval', 'awaiting_payment', 'confirmed')
    AND (booking.space_id = closure.space_id
        OR booking.space_id IN (SELECT space_id FROM space_part WHERE part_id = closure.space_id))
"""
CAUSES = {
    "cancel": ("block", "close", "cancel meeting", "be_away"),
    "cancel meeting": ("be_away",),
    "hand_over": ("be_away",),
    "retitle": ("be_away",),
    "decline": ("approve",),
    "book": ("meet",),
    "reschedule": ("move",),
}
TOLD = ("booking", "meeting")
EVERY = "SELECT id FROM booking UNION ALL SELECT id FROM meeting"
HALF_DONE = "SELECT account_id, key FROM idempotent_answer WHERE status = 0"

Deed = Any
"""A row of HISTORY."""


async def reckon(tx: Tx, ledger: Ledger, *, since: datetime) -> list[str]:
    """Every complaint that there is, after traffic that began at `since`."""
    deeds = await tx.fetch(HISTORY)
    complaints = await audit(tx)
    complaints += [f"booked under a closure: {dict(row)}" for row in await tx.fetch(UNDER_CLOSURES)]
    complaints += [f"a key was claimed and its answer never kept: {dict(row)}" for row in await tx.fetch(HALF_DONE)]
    complaints += _bookings(ledger, deeds, {row["id"] for row in await tx.fetch(EVERY)})
    complaints += await _series(tx, ledger)
    complaints += await _taken(tx, ledger, deeds)
    complaints += _unasked(ledger, [deed for deed in deeds if deed["at"] >= since])
    return complaints


def _bookings(ledger: Ledger, deeds: list[Deed], there: set[UUID]) -> Iterator[str]:
    """What was ever told of a booking or a meeting stands in its history, where it has a sequence at its place."""
    stories: dict[UUID, list[Told]] = defaultdict(list)
    for deed in deeds:
        if deed["subject_kind"] in TOLD:
            story = stories[deed["subject_id"]]
            story.append(_told(deed, len(story)))
    for told in ledger.bookings | ledger.meetings:
        story = stories[told.booking_id]
        if told.booking_id not in there:
            yield f"acknowledged and lost: {told}"
        elif told not in (story if told.sequence is not None else map(_unnumbered, story)):
            yield f"acknowledged and never happened: {told}, only {story}"


async def _series(tx: Tx, ledger: Ledger) -> list[str]:
    dates: dict[UUID, list[Date]] = defaultdict(list)
    for row in await tx.fetch(DATES):
        dates[row["series_id"]].append(Date(**{name: row[name] for name in Date.__slots__}))
    versions = {row["id"]: row["version"] for row in await tx.fetch("SELECT id, version FROM series")}
    complaints = []
    for told in ledger.series.values():
        if told.id not in versions:
            complaints.append(f"acknowledged and lost: {told}")
        elif told.id not in ledger.in_doubt:
            found = versions[told.id], tuple(dates[told.id])
            if not told.is_told_by(*found):
                complaints.append(f"acknowledged otherwise: {told} is {found}")
    return complaints


async def _taken(tx: Tx, ledger: Ledger, deeds: list[Deed]) -> list[str]:
    """Blocks, closures and absences, each with one deed that made it and one that took it back."""
    there = {row["id"]: Taken(**{name: row[name] for name in Taken.__slots__}) for row in await tx.fetch(TAKEN)}
    complaints = []
    for told in ledger.taken.values():
        found = there.get(told.id)
        if found is None or (found != told and not (told.id in ledger.in_doubt and found == told.withdrawn)):
            complaints.append(f"acknowledged otherwise: {told} is {found}")
            continue
        verbs = {"block": ("block", "unblock"), "closure": ("close", "reopen"), "absence": ("be_away", "come_back")}[
            told.kind
        ]
        story = tuple(deed["verb"] for deed in deeds if deed["subject_id"] == told.id)
        if told.kind == "absence":
            story = _absent(found, deeds, list(there.values()))
        if story != verbs[: 1 if found.stands else 2]:
            complaints.append(f"{found} has a history of {story}")
    return complaints


def _absent(found: Taken, deeds: list[Deed], there: list[Taken]) -> tuple[str, ...]:
    """History tells of the mentor, who may be away, come back and be away for the same time again: as many deeds as
    absences of that time, and this one's last."""
    same = [one for one in there if _of(one) == _of(found)]
    told = [deed["verb"] for deed in deeds if (deed["subject_id"], deed["start"], deed["end"]) == _of(found)]
    gone = sum(not one.stands for one in same)
    if told.count("be_away") != len(same) or told.count("come_back") != gone:
        return tuple(told)
    return ("be_away",) if found.stands else ("be_away", "come_back")


def _of(taken: Taken) -> tuple[UUID, datetime, datetime]:
    return taken.space_id, taken.start, taken.end


def _unasked(ledger: Ledger, deeds: list[Deed]) -> Iterator[str]:
    """Deeds that nobody was told of, where there are more than requests without an answer."""
    told = {_unnumbered(one) for one in ledger.bookings | ledger.meetings}
    absences = {_of(one) for one in ledger.taken.values() if one.kind == "absence"}
    causes = {(deed["actor_id"], deed["at"], _verb(deed)): deed for deed in deeds}
    unknown: dict[UUID | None, dict[datetime, list[Deed]]] = defaultdict(lambda: defaultdict(list))
    for deed in deeds:
        if deed["subject_kind"] in TOLD:
            known = _told(deed) in told or _follows(deed, causes)
        elif deed["verb"] in ("be_away", "come_back"):
            known = (deed["subject_id"], deed["start"], deed["end"]) in absences
        else:
            known = deed["subject_id"] in ledger.series or deed["subject_id"] in ledger.taken
        if not known:
            unknown[deed["actor_id"]][deed["at"]].append(deed)
    asked: Counter[UUID | None] = Counter(ledger.unanswered_of)
    for actor, transactions in unknown.items():
        if len(transactions) > asked[actor]:
            shown = [f"{deed['verb']} {_told(deed)}" for one in transactions.values() for deed in one]
            yield f"{actor} was never told of {shown}, and waits for {asked[actor]} answers"


def _follows(deed: Deed, causes: dict[tuple[UUID | None, datetime, str], Deed]) -> bool:
    """Whether it comes of another deed of the same transaction that is told of: what stands in the way
    of a block or a closure is cancelled, who wanted the time of an approved request is declined, the room of
    a meeting goes with it. Holds expire by themselves."""
    if deed["actor_id"] is None:
        return bool(deed["verb"] == "expire")
    found = [causes.get((deed["actor_id"], deed["at"], verb)) for verb in CAUSES.get(_verb(deed), ())]
    return any(
        cause and deed["start"] < cause["end"] + TURNAROUND and cause["start"] < deed["end"] + TURNAROUND
        for cause in found
    )


def _verb(deed: Deed) -> str:
    """A meeting and its room are called off by one name."""
    told: str = deed["verb"]
    return "cancel meeting" if told == "cancel" and deed["subject_kind"] == "meeting" else told


def _told(deed: Deed, sequence: int | None = None) -> Told:
    return Told(deed["subject_id"], deed["state"], deed["start"], deed["end"], sequence)


def _unnumbered(told: Told) -> Told:
    return Told(told.booking_id, told.state, told.start, told.end)
