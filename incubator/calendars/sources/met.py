"""Meetings with mentors, as those see them who meet: a person with their organisations, an organisation, a mentor."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

from incubator.calendars.feed import Telling
from incubator.calendars.meeting_entry import met_entry
from incubator.calendars.queries import Subjects
from incubator.calendars.venues import venues
from incubator.calendars.write import Entry
from incubator.kernel.ids import AccountId
from incubator.mentoring.views import VIEW, view_of
from incubator.people.actor import Actor, OwnOrganisation, actor_by_account

# By an index each. $1 account, $2 organisations.
MINE = """meeting.id = ANY(ARRAY(
    SELECT id FROM meeting WHERE account_id = $1 AND organisation_id IS NULL
    UNION SELECT id FROM meeting WHERE organisation_id = ANY($2::uuid[])
    UNION SELECT meeting.id FROM mentor AS own JOIN meeting ON meeting.mentor_id = own.id WHERE own.account_id = $1
))"""
GIVEN = "mentor.account_id = $1 AND $2::uuid[] = '{}'"
TOLD = f"""
{VIEW} WHERE {{whose}} AND {{which}} AND lower(meeting.period) < $4 AND upper(meeting.period) > $3
    AND (meeting.state <> 'cancelled' OR meeting.changed_at >= $5)
ORDER BY lower(meeting.period), meeting.id
"""
ANY = "SELECT EXISTS (SELECT FROM meeting WHERE id = ANY($1::uuid[]))"
NOBODY = AccountId(UUID(int=0))
ACCOUNT_OF = "SELECT account_id FROM mentor WHERE id = $1"


async def met_by_person(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """Those that they give as a mentor too."""
    return await _met(telling, subjects, _person, MINE)


async def met_by_oneself(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """Without those of their organisations, and with those that they give as a mentor."""

    async def alone(telling: Telling) -> Actor:
        return replace(await _person(telling), organisations={})

    return await _met(telling, subjects, alone, MINE)


async def met_by_organisation(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """As any of its members sees them."""

    async def member(telling: Telling) -> Actor:
        key = telling.standing.key
        belongs = {key: OwnOrganisation(id=key, role="member", name="", kind="", gmina_id=key)}
        return Actor(account_id=NOBODY, name="", locale=telling.texts.locale, organisations=belongs)

    return await _met(telling, subjects, member, MINE)


async def met_by_mentor(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """What they give as a mentor."""

    async def mentor(telling: Telling) -> Actor:
        account = AccountId(await telling.tx.fetchval(ACCOUNT_OF, telling.standing.key))
        return Actor(account_id=account, name="", locale=telling.texts.locale)

    return await _met(telling, subjects, mentor, GIVEN)


async def _person(telling: Telling) -> Actor:
    reader = await actor_by_account(telling.tx, account_id=telling.standing.key)
    assert reader is not None, "who was erased has no calendar"
    return reader


Reads = Callable[[Telling], Awaitable[Actor]]


async def _met(telling: Telling, subjects: Subjects, reads: Reads, whose: str) -> list[tuple[UUID, Entry]]:
    """Most of what changes is no meeting, and then nothing else is asked."""
    if subjects is not None and not await telling.tx.fetchval(ANY, subjects):
        return []
    span, reader = telling.window.span, await reads(telling)
    given = (reader.account_id, list(reader.organisations), span.start, span.end, telling.window.cancelled_since)
    if subjects is None:
        rows = await telling.tx.fetch(TOLD.format(whose=whose, which="true"), *given)
    else:
        rows = await telling.tx.fetch(TOLD.format(whose=whose, which="meeting.id = ANY($6::uuid[])"), *given, subjects)
    places = await venues(telling.tx)
    return [(row["id"], met_entry(view_of(row), reader, telling.texts, telling.address, places)) for row in rows]
