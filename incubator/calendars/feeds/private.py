"""Calendars behind a secret address besides one's own: an organisation's, a mentor's, and that of the desk of a gmina. Each
asks again whether its reader may still know; who may not is told that it is gone (docs/decisions/0025)."""

from incubator.calendars.feed import Feed, Telling
from incubator.calendars.named_head import named_head
from incubator.calendars.rights import HOLDS
from incubator.calendars.sources.attended import BY_ORGANISATION, attended
from incubator.calendars.sources.booked import booked_at_desk, booked_of_organisation
from incubator.calendars.sources.chosen import chosen
from incubator.calendars.sources.met import met_by_mentor, met_by_organisation
from incubator.calendars.sources.taken import away
from incubator.calendars.standing import Standings
from incubator.calendars.window import some_months
from incubator.calendars.write import Head
from incubator.db.versions import NAMES, PLACES
from incubator.kernel.errors import N_
from incubator.kernel.ids import digest

EVERYWHERE = f"ARRAY['{NAMES}'::uuid, '{PLACES}'::uuid]"
ORGANISATION_KEYS = "{key} || ARRAY(SELECT session_id FROM registration WHERE organisation_id = {key})"
"""What the organisation with this key shows."""
DESK_KEYS = """ARRAY(
    SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id
    WHERE incubator.gmina_id = feed_token.subject_id
)"""
FOUND = f"""
SELECT feed_token.subject_id AS key,
    feed_token.revoked_at IS NOT NULL OR account.erased_at IS NOT NULL OR NOT {
    HOLDS.format(kind="feed_token.kind", account="account.id", subject="feed_token.subject_id")
} AS gone,
    {{keys}} || {EVERYWHERE} AS keys, feed_token.id AS token_id, account.locale, feed_token.fetched_at
FROM feed_token JOIN account ON account.id = feed_token.account_id
WHERE feed_token.token_hash = asked.name AND feed_token.kind = '{{kind}}'
"""
ORGANISATION_NAME = "SELECT name FROM organisation WHERE id = $1"
MENTOR_NAME = "SELECT name FROM mentor WHERE id = $1"
GMINA_NAME = "SELECT name FROM gmina WHERE id = $1"
OF_ORGANISATION = N_("{name}: bookings and meetings")
OF_MENTOR, OF_DESK = N_("{name}, mentor: my meetings"), N_("{name}: bookings of the desk")
KEEP = N_("Keep its address to yourself.")


def standings(kind: str, keys: str) -> Standings:
    return Standings("bytea", digest, FOUND.format(kind=kind, keys=keys), secret=True)


async def organisation_head(telling: Telling) -> Head:
    return await named_head(telling, named=ORGANISATION_NAME, title=OF_ORGANISATION, said=KEEP, page="/bookings")


async def mentor_head(telling: Telling) -> Head:
    return await named_head(telling, named=MENTOR_NAME, title=OF_MENTOR, said=KEEP, page="/meetings")


async def desk_head(telling: Telling) -> Head:
    return await named_head(telling, named=GMINA_NAME, title=OF_DESK, said=KEEP, page="/desk")


ORGANISATION = Feed(
    standings("organisation", ORGANISATION_KEYS.format(key="feed_token.subject_id")),
    organisation_head,
    (
        chosen("bookings", booked_of_organisation),
        chosen("meetings", met_by_organisation),
        chosen("sessions", attended(BY_ORGANISATION)),
    ),
    kinds=("bookings", "meetings", "sessions"),
    undone=True,
    secret=True,
)
OWN_MENTOR = Feed(
    standings("mentor", "ARRAY[feed_token.subject_id]"),
    mentor_head,
    (chosen("meetings", met_by_mentor), chosen("absences", away)),
    kinds=("meetings", "absences"),
    undone=True,
    secret=True,
)
DESK = Feed(standings("desk", DESK_KEYS), desk_head, (booked_at_desk,), undone=True, reach=some_months, secret=True)
