"""Mentors as everybody may see them, and as the mentor and their coordinator do."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.mentoring.contracts import contracts_of
from incubator.mentoring.details import MeetingRules
from incubator.mentoring.mentor_views import (
    EditionName,
    ExceptionDay,
    MeetingPlace,
    MentorAtDesk,
    MentorBrief,
    MentorPrivately,
    MentorView,
    TopicName,
    WeekView,
)
from incubator.mentoring.reach import NoSuchMentor, reaches
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.places.details import picked
from incubator.places.rules import clock_of
from incubator.places.slugs import slug_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom somebody looks for; what is empty narrows nothing."""

    topic: str = ""
    language: str = ""
    gmina: str = ""
    online: bool = False
    name: str = ""


BRIEF = """
mentor.id, mentor.slug, mentor.name, headline_pl, headline_en, languages, mentor.state, gmina.slug AS gmina_slug,
gmina.name AS gmina_name, mentor_photo.id AS photo_id,
(
    SELECT json_agg(json_build_object('slug', slug, 'name_pl', name_pl, 'name_en', name_en) ORDER BY position, slug)
    FROM mentor_topic JOIN topic ON topic.slug = topic_slug WHERE mentor_id = mentor.id AND retired_at IS NULL
)::text AS topics,
(
    SELECT json_agg(json_build_object('slug', incubator.slug, 'name', incubator.name) ORDER BY incubator.name)
    FROM incubator WHERE id IN (SELECT incubator_id FROM mentor_hours WHERE mentor_id = mentor.id)
)::text AS places,
EXISTS (SELECT FROM mentor_hours WHERE mentor_id = mentor.id AND online) AS online
"""
FROM = """
FROM mentor JOIN gmina ON gmina.id = mentor.gmina_id LEFT JOIN mentor_photo ON mentor_photo.mentor_id = mentor.id
"""
DIRECTORY = f"""
SELECT {BRIEF} {FROM}
WHERE mentor.state <> 'retired'
    AND ($1 = '' OR EXISTS (
        SELECT FROM mentor_topic JOIN topic ON slug = topic_slug
        WHERE mentor_id = mentor.id AND topic_slug = $1 AND retired_at IS NULL))
    AND ($2 = '' OR $2 = ANY(languages))
    AND ($3 = '' OR gmina.slug = $3 OR EXISTS (
        SELECT FROM mentor_hours JOIN incubator ON incubator.id = incubator_id JOIN gmina AS there ON there.id = incubator.gmina_id
        WHERE mentor_id = mentor.id AND there.slug = $3))
    AND (NOT $4 OR EXISTS (SELECT FROM mentor_hours WHERE mentor_id = mentor.id AND online))
    AND ($5 = '' OR strpos(lower(mentor.name), lower($5)) > 0 OR ($6 <> '' AND strpos(mentor.slug, $6) > 0))
    AND ($7::uuid IS NULL OR mentor.id > $7)
ORDER BY mentor.id LIMIT $8
"""
ONE = f"""
SELECT {BRIEF}, mentor.account_id, mentor.gmina_id, about_pl, about_en, online_link, lengths, grid_minutes, break_minutes,
    lead_minutes, horizon_days, cancel_minutes, mentor.version, account.email
{FROM} JOIN account ON account.id = mentor.account_id WHERE mentor.slug = $1
"""
# The name of a programme that is not published yet is not told.
HOURS = """
opens, closes, incubator_id, incubator.slug AS incubator_slug, incubator.name AS incubator_name, online, audience,
programme_id, programme.name_pl AS programme_pl, programme.name_en AS programme_en
"""
BESIDE = """
LEFT JOIN incubator ON incubator.id = incubator_id
LEFT JOIN programme ON programme.id = programme_id AND programme.state <> 'draft'
"""
WEEK = f"SELECT weekday, {HOURS} FROM mentor_hours {BESIDE} WHERE mentor_id = $1 ORDER BY weekday, opens"
EXCEPTIONS = f"""
SELECT day, {HOURS} FROM mentor_exception {BESIDE} WHERE mentor_id = $1 AND day >= $2 ORDER BY day, opens
"""
EDITIONS = """
SELECT programme.slug AS programme_slug, edition.slug AS edition_slug, programme.name_pl AS programme_pl,
    programme.name_en AS programme_en, edition.name_pl AS edition_pl, edition.name_en AS edition_en
FROM edition_mentor JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = programme_id
WHERE mentor_id = $1 AND edition.state <> 'draft' AND programme.state <> 'draft' ORDER BY starts_on DESC, edition.slug
"""
AT_DESK = """
SELECT mentor.id, mentor.slug, mentor.name, mentor.state, account.email, mentor.gmina_id, budget_minutes, used_minutes
FROM mentor JOIN account ON account.id = mentor.account_id
LEFT JOIN LATERAL (
    SELECT sum(budget_minutes)::int AS budget_minutes, sum(used_minutes)::int AS used_minutes
    FROM mentor_contract WHERE mentor_id = mentor.id AND $2 BETWEEN starts AND ends
) AS contract ON true
WHERE mentor.gmina_id = ANY($1::uuid[]) ORDER BY mentor.state = 'retired', mentor.slug
"""


async def directory(tx: Tx, *, wish: Wish, after: UUID | None = None, limit: int = 500) -> list[MentorBrief]:
    """Mentors who are not retired and fit the wish, in the order in which they came."""
    plain = slug_of(wish.name, otherwise="")
    given = (wish.topic, wish.language, wish.gmina, wish.online, wish.name, plain)
    return [MentorBrief(**_brief(row)) for row in await tx.fetch(DIRECTORY, *given, after, limit)]


async def mentor_by_slug(tx: Tx, *, slug: str, retired: bool = False) -> MentorView:
    """What everybody may see; a `retired` one only where that is said. Raises NoSuchMentor."""
    return await _view(tx, await _row(tx, slug, retired=retired))


async def mentor_privately(tx: Tx, *, actor: Actor, slug: str, today: date) -> MentorPrivately:
    """For the mentor and the coordinator of their gmina. Raises NoSuchMentor, NotYours."""
    row = await _row(tx, slug, retired=True)
    if not reaches(actor, account_id=row["account_id"], gmina_id=row["gmina_id"]):
        raise NotYours()
    return MentorPrivately(
        profile=await _view(tx, row),
        email=row["email"],
        online_link=row["online_link"],
        exceptions=await exceptions_of(tx, mentor_id=row["id"], since=today),
        contracts=await contracts_of(tx, mentor_id=row["id"]),
    )


async def mentors_at_desk(tx: Tx, *, gmina_ids: list[UUID], today: date) -> list[MentorAtDesk]:
    """Everybody of these gminas, those who have ended last. Whose gminas they are is the caller's to ask."""
    return [MentorAtDesk(**row) for row in await tx.fetch(AT_DESK, gmina_ids, today)]


async def own_slug(tx: Tx, *, actor: Actor) -> str | None:
    """Where the asker's own profile is, if they are a mentor."""
    slug: str | None = await tx.fetchval(
        "SELECT slug FROM mentor WHERE account_id = $1 AND state <> 'retired'", actor.account_id
    )
    return slug


async def week_of(tx: Tx, *, mentor_id: UUID) -> list[WeekView]:
    """The usual week in order."""
    return [_hours(row, row["weekday"]) for row in await tx.fetch(WEEK, mentor_id)]


async def exceptions_of(tx: Tx, *, mentor_id: UUID, since: date) -> list[ExceptionDay]:
    """Days that are not as usual, from `since` on."""
    days: dict[date, list[WeekView]] = {}
    for row in await tx.fetch(EXCEPTIONS, mentor_id, since):
        hours = days.setdefault(row["day"], [])
        if row["opens"] is not None:
            hours.append(_hours(row, row["day"].isoweekday()))
    return [ExceptionDay(day=day, hours=hours) for day, hours in days.items()]


async def _row(tx: Tx, slug: str, *, retired: bool) -> asyncpg.Record:
    row = await tx.fetchrow(ONE, slug)
    if row is None or (row["state"] == "retired" and not retired):
        raise NoSuchMentor()
    return row


async def _view(tx: Tx, row: asyncpg.Record) -> MentorView:
    return MentorView(
        **_brief(row),
        gmina_id=row["gmina_id"],
        about_pl=row["about_pl"],
        about_en=row["about_en"],
        programmes=[EditionName(**one) for one in await tx.fetch(EDITIONS, row["id"])],
        week=await week_of(tx, mentor_id=row["id"]),
        rules=picked(row, MeetingRules),
        version=row["version"],
    )


def _brief(row: asyncpg.Record) -> dict[str, Any]:
    names = (
        "id",
        "slug",
        "name",
        "headline_pl",
        "headline_en",
        "languages",
        "state",
        "gmina_slug",
        "gmina_name",
        "online",
    )
    return {
        **{name: row[name] for name in names},
        "topics": msgspec.json.decode(row["topics"] or "[]", type=list[TopicName]),
        "places": msgspec.json.decode(row["places"] or "[]", type=list[MeetingPlace]),
        "portrait": f"/portraits/{row['photo_id']}" if row["photo_id"] else None,
    }


def _hours(row: asyncpg.Record, weekday: int) -> WeekView:
    given = {name: row[name] for name in WeekView.__struct_fields__ if name not in {"weekday", "opens", "closes"}}
    return WeekView(weekday=weekday, opens=clock_of(row["opens"]), closes=clock_of(row["closes"]), **given)
