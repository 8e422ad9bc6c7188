"""The statement that puts meetings down: it takes the mentor, then the room, makes the meeting and the booking
of its room (docs/decisions/0013), draws the budgets, writes the history and moves the versions. Either all of it
happened or none; several that come at one moment share it (docs/decisions/0010, 0012)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.facts import snapshot
from incubator.bookings.placing import HOLDER
from incubator.bookings.views import BookingView
from incubator.credits.draw import drawn_for, locked_for
from incubator.db.versions import moving
from incubator.kernel.period import WARSAW
from incubator.mentoring.aid import COUNTED
from incubator.mentoring.budgets import CONTRACT, CONTRACTED, CREDIT, LIMIT
from incubator.mentoring.clock import month_of
from incubator.mentoring.facts import encoded
from incubator.mentoring.to_meet import MentorToMeet
from incubator.mentoring.views import MeetingView
from incubator.occupancy.take import taking_for
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A meeting to put down for `holder`, by the rules of `mentor`, and its room by those of `space`."""

    meeting: MeetingView
    mentor: MentorToMeet
    room: BookingView | None = None
    space: SpaceToBook | None = None
    holder: Actor
    now: datetime
    alone: bool = False
    """In a transaction in which aid can be granted after it: what may be aid is put down in no other way."""


# One array for each column, in this order, an element for each meeting. `clear` is when the mentor is free
# again, the break over; `room_clear` the same of the room.
COLUMNS = {
    "id": "uuid",
    "mentor_id": "uuid",
    "mentor_version": "int",
    "resource": "bigint",
    "gmina_id": "uuid",
    "account_id": "uuid",
    "organisation_id": "uuid",
    "holder_id": "uuid",
    "starts": "timestamptz",
    "ends": "timestamptz",
    "clear": "timestamptz",
    "day": "date",
    "month": "date",
    "minutes": "int",
    "mode": "text",
    "incubator_id": "uuid",
    "topic_slug": "text",
    "question": "text",
    "programme_id": "uuid",
    "booking_id": "uuid",
    "space_id": "uuid",
    "room_incubator_id": "uuid",
    "room_gmina_id": "uuid",
    "room_clear": "timestamptz",
    "parts": "int",
    "title": "text",
    "attendees": "int",
    "rulebook": "bigint",
    "room_rulebook": "bigint",
    "standing": "bigint",
    "token_hash": "bytea",
    "after": "text",
    "room_after": "text",
    "now": "timestamptz",
    "alone": "boolean",
}
_ARRAYS = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(COLUMNS.values(), 1))
_TURNS, _RESOURCES, _KEY_TURNS, _KEYS = (
    f"${len(COLUMNS) + number}::{kind}[]" for number, kind in enumerate(("int", "bigint", "int", "uuid"), 1)
)
_MENTORS = "SELECT resource, starts, clear, 'meeting', id, 'firm', NULL::timestamptz FROM wanted WHERE fair"
# Only where the mentor could be had: who loses that race leaves no room behind to give back.
_ROOMS = f"""
    SELECT part.resource_id, starts, room_clear, 'booking', booking_id, 'firm', NULL::timestamptz
    FROM unnest({_TURNS}, {_RESOURCES}) AS part (turn, resource_id) JOIN wanted USING (turn)
    JOIN mentor_taken ON mentor_taken.subject_id = wanted.id
"""
_MOVED = f"""
    SELECT key, turn, subject_id
    FROM unnest({_KEY_TURNS}, {_KEYS}) AS moves (turn, key) JOIN wanted USING (turn) JOIN made USING (id)
    CROSS JOIN LATERAL unnest(ARRAY[id, booking_id]) AS subject_id WHERE subject_id IS NOT NULL
"""
# Later parts lean on earlier ones, and each goes through its rows in order, so that locks are taken in one
# order: mentors, rooms, holders, credits, contracts, months, versions. A mentor who was had without the room
# breaks the NOT NULL of `mentor_id`, which undoes the statement; a holder who is no more, that of `account_id`.
PLACE = f"""
WITH asked AS MATERIALIZED (
    SELECT *,
        rulebook = (SELECT version FROM rulebook) AND coalesce(room_rulebook, rulebook) = rulebook AND EXISTS (
            SELECT FROM mentor WHERE mentor.id = mentor_id AND mentor.version = mentor_version AND state = 'active'
        ) AS rules_stand,
        ({CREDIT}) AS credit_id, ({CONTRACT}) AS contract_id, ({LIMIT}) AS policy_limit, {COUNTED} AS aided
    FROM unnest({_ARRAYS}) WITH ORDINALITY AS asked ({", ".join(COLUMNS)}, turn)
),
wanted AS MATERIALIZED (
    SELECT *, programme_id IS NULL OR credit_id IS NOT NULL AS granted, {CONTRACTED} AS contracted,
        rules_stand AND (programme_id IS NULL OR credit_id IS NOT NULL) AND {CONTRACTED} AND (alone OR NOT aided) AS fair,
        credit_id IS NULL AND policy_limit IS NOT NULL AS draws_policy
    FROM asked
),
mentor_taken AS ({taking_for(_MENTORS)}),
room_taken AS ({taking_for(_ROOMS)}),
made AS (
    INSERT INTO meeting (id, mentor_id, gmina_id, account_id, organisation_id, period, mode, incubator_id, booking_id,
        topic_slug, question, programme_id, credit_id, draws_policy, contract_id, drawn_minutes, state, reason, outcome,
        settled_reason, created_at, changed_at, sequence)
    SELECT id, CASE WHEN (SELECT count(*) FROM room_taken WHERE subject_id = booking_id) = parts THEN mentor_id END,
        gmina_id, {HOLDER}, organisation_id, tstzrange(starts, ends), mode, incubator_id, booking_id,
        topic_slug, question, programme_id, credit_id, draws_policy, contract_id, minutes, 'booked', '', '',
        '', now, now, 0
    FROM wanted WHERE id IN (SELECT subject_id FROM mentor_taken)
    RETURNING id
),
roomed AS (
    INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, title, note,
        attendees, part_of, reason, created_at, changed_at, sequence)
    SELECT booking_id, space_id, room_incubator_id, room_gmina_id, account_id, organisation_id, tstzrange(starts, ends),
        'confirmed', title, '', attendees, id, '', now, now, 0
    FROM wanted JOIN made USING (id) WHERE booking_id IS NOT NULL
    RETURNING id
),
credits AS ({locked_for("SELECT credit_id FROM wanted JOIN made USING (id)")}),
credited AS ({drawn_for("SELECT credit_id, minutes FROM wanted JOIN made USING (id)", after="credits")}),
contracts AS (
    SELECT id FROM mentor_contract WHERE id IN (SELECT contract_id FROM wanted JOIN made USING (id))
        AND (SELECT count(*) FROM credited) >= 0
    ORDER BY id FOR NO KEY UPDATE
),
worked AS (
    UPDATE mentor_contract SET used_minutes = used_minutes + draw.minutes
    FROM (SELECT contract_id, sum(minutes)::int AS minutes FROM wanted JOIN made USING (id) GROUP BY 1) AS draw,
        (SELECT count(*) FROM contracts) AS locks
    WHERE mentor_contract.id = draw.contract_id RETURNING 1
),
counted AS (
    INSERT INTO mentoring_use (gmina_id, holder_id, starts, minutes, max_minutes)
    SELECT gmina_id, holder_id, month, sum(minutes), min(policy_limit)
    FROM wanted JOIN made USING (id), (SELECT count(*) FROM worked) AS before
    WHERE draws_policy GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (gmina_id, holder_id, starts)
    DO UPDATE SET minutes = mentoring_use.minutes + excluded.minutes, max_minutes = excluded.max_minutes
    RETURNING 1
),
noted AS (
    INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
    SELECT now, account_id, 'meet', 'meeting', id, gmina_id, after::jsonb FROM wanted JOIN made USING (id)
    UNION ALL
    SELECT now, account_id, 'book', 'booking', booking_id, room_gmina_id, room_after::jsonb
    FROM wanted JOIN made USING (id) WHERE booking_id IS NOT NULL
),
{moving(_MOVED, after="counted")}
SELECT id IN (SELECT id FROM made) AS made, rules_stand, granted, contracted, aided, credit_id, contract_id, draws_policy
FROM wanted ORDER BY turn
"""


def parameters_of(placings: Sequence[Placing]) -> list[Sequence[object]]:
    """What the statement is given: an array for each column, then the rooms' resources and the versions."""
    rows, parts, keys = [], [], []
    for turn, one in enumerate(placings, 1):
        resources = one.space.resource_ids if one.space else ()
        parts += [(turn, resource) for resource in resources]
        keys += [(turn, key) for key in _moves(one)]
        rows.append((*_meeting(one), *_room(one), *_asker(one)))
    return [*_turned(rows, len(COLUMNS)), *_turned(parts, 2), *_turned(keys, 2)]


def _meeting(one: Placing) -> tuple[object, ...]:
    view, mentor = one.meeting, one.mentor
    return (
        view.id,
        mentor.id,
        mentor.version,
        mentor.resource_id,
        view.gmina_id,
        view.account_id,
        view.organisation_id,
        view.holder_id,
        view.period.start,
        view.period.end,
        view.period.extended(mentor.pause).end,
        view.period.start.astimezone(WARSAW).date(),
        month_of(view.period.start),
        view.drawn_minutes,
        view.mode,
        view.incubator_id,
        view.topic_slug,
        view.question,
        view.programme_id,
    )


def _room(one: Placing) -> tuple[object, ...]:
    room, space = one.room, one.space
    if room is None or space is None:
        return (None, None, None, None, None, 0, "", None)
    clear = room.period.extended(space.turnaround).end
    parts = len(space.resource_ids)
    return (room.id, room.space_id, room.incubator_id, room.gmina_id, clear, parts, room.title, room.attendees)


def _asker(one: Placing) -> tuple[object, ...]:
    told = snapshot(one.room) if one.room else None
    rulebook = one.space.rulebook if one.space else None
    holder = one.holder
    known = (one.mentor.rulebook, rulebook, holder.standing, holder.token_hash)
    return (*known, encoded(one.meeting), told, one.now, one.alone)


def _moves(one: Placing) -> set[UUID]:
    """Whose calendars show it."""
    parts = one.space.part_ids if one.space else ()
    return {*parts, one.mentor.id, one.meeting.holder_id, one.meeting.account_id}


def _turned(rows: Sequence[tuple[object, ...]], width: int) -> list[Sequence[object]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
