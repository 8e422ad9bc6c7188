"""Days of editions of programmes that everybody may know: when the call opens and closes, the edition begins and ends, its
demo day, and what else its page tells of."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

import asyncpg

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW, local_days

OF_PROGRAMME, OF_EDITION = "edition.programme_id = $1", "edition.id = $1"

# No column says when an edition was last changed: its history does.
EDITIONS = """
SELECT edition.id, edition.slug, edition.name_pl, edition.name_en, edition.starts_on, edition.ends_on, edition.demo_day,
    programme.slug AS programme_slug, programme.name_pl AS programme_pl, programme.name_en AS programme_en,
    call.opens_at, call.closes_at, coalesce(told.changed_at, edition.created_at) AS changed_at, told.changes
FROM edition JOIN programme ON programme.id = edition.programme_id
LEFT JOIN call ON call.edition_id = edition.id AND call.published_at IS NOT NULL
CROSS JOIN LATERAL (
    SELECT max(at) AS changed_at, count(*) AS changes FROM history WHERE subject_id = ANY(ARRAY[edition.id, programme.id])
        AND verb IN ('describe', 'set_dates', 'published', 'publish_call', 'change_call')
) AS told
WHERE {whose} AND edition.state <> 'draft' AND programme.state <> 'draft' AND {which}
ORDER BY edition.starts_on, edition.id
"""
DATES = """
SELECT edition_id, on_day, name_pl, name_en FROM edition_date WHERE edition_id = ANY($1::uuid[])
ORDER BY edition_id, on_day, id
"""
OPENS, CLOSES = N_("The call opens: {edition}"), N_("Last day of the call: {edition}")
BEGINS, ENDS, DEMO = N_("Begins: {edition}"), N_("Ends: {edition}"), N_("Demo day: {edition}")
TOLD = N_("{date}: {edition}")
CATEGORY = N_("Programme")
COLOR = "teal"


class Day(NamedTuple):
    """`what` stays when the day is put off."""

    what: str
    on: date
    title: str
    date: str = ""


def dates(whose: str) -> Source:
    """Of an edition, or of each of a programme's."""

    async def told(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
        key, polish = telling.standing.key, telling.texts.locale == "pl"
        if subjects is None:
            editions = await telling.tx.fetch(EDITIONS.format(whose=whose, which="true"), key)
        else:
            which = "edition.id = ANY($2::uuid[])"
            editions = await telling.tx.fetch(EDITIONS.format(whose=whose, which=which), key, subjects)
        others: dict[UUID, list[tuple[date, str, str]]] = {}
        for of, *other in await telling.tx.fetch(DATES, [row["id"] for row in editions]):
            others.setdefault(of, []).append((other[0], other[1], (other[1] if polish else other[2]) or other[1]))
        return [
            (row["id"], entry)
            for row in editions
            for entry in _entries(telling, row, _days(row, others.get(row["id"], ())))
        ]

    return told


def _days(edition: asyncpg.Record, others: Iterable[tuple[date, str, str]]) -> Iterator[Day]:
    if edition["opens_at"] is not None:
        yield Day("opens", _day(edition["opens_at"]), OPENS)
        yield Day("closes", _day(edition["closes_at"] - timedelta(microseconds=1)), CLOSES)
    yield Day("begins", edition["starts_on"], BEGINS)
    yield Day("ends", edition["ends_on"], ENDS)
    if edition["demo_day"] is not None:
        yield Day("demo", edition["demo_day"], DEMO)
    named: Counter[str] = Counter()
    for on, name, said in others:
        named[name] += 1
        yield Day(f"{named[name]} {name}", on, TOLD, said)


def _entries(telling: Telling, edition: asyncpg.Record, days: Iterable[Day]) -> Iterator[Entry]:
    polish, span = telling.texts.locale == "pl", telling.window.span
    categories = (telling.texts.gettext(CATEGORY),)
    name = edition["name_pl"] if polish else edition["name_en"] or edition["name_pl"]
    programme = edition["programme_pl"] if polish else edition["programme_en"] or edition["programme_pl"]
    for day in days:
        period = local_days(day.on)
        if period.start < span.end and period.end > span.start:
            title = telling.texts.gettext(day.title)
            yield Entry(
                uid=str(uuid5(edition["id"], day.what)),
                period=period,
                summary=title.format(edition=f"{programme}, {name}", date=day.date),
                changed_at=edition["changed_at"],
                sequence=edition["changes"],
                categories=categories,
                color=COLOR,
                free=True,
                all_day=True,
                url=f"{telling.address}/programmes/{edition['programme_slug']}/{edition['slug']}",
            )


def _day(at: datetime) -> date:
    return at.astimezone(WARSAW).date()
