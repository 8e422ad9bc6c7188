"""What a person has booked, whom they meet and what they registered for, themself and with their organisations. Its name is
a secret."""

from incubator.calendars.entries import personal_head
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.sources.attended import BY_PERSON, attended
from incubator.calendars.sources.booked import booked_of_person
from incubator.calendars.sources.chosen import chosen
from incubator.calendars.sources.met import met_by_person
from incubator.calendars.standing import Standings
from incubator.calendars.write import Head
from incubator.db.versions import NAMES, PLACES
from incubator.kernel.ids import digest

ALONE = f"""ARRAY(SELECT mentor.id FROM mentor WHERE mentor.account_id = account.id)
        || ARRAY(SELECT session_id FROM registration WHERE registration.account_id = account.id)
        || ARRAY[account.id, '{NAMES}'::uuid, '{PLACES}'::uuid]"""
"""What `account` shows without their organisations."""
FOUND = f"""
SELECT account.id AS key, (feed_token.revoked_at IS NOT NULL OR account.erased_at IS NOT NULL) AS gone,
    ARRAY(SELECT organisation_id FROM membership WHERE account_id = account.id) || {ALONE} AS keys,
    feed_token.id AS token_id, account.locale, feed_token.fetched_at
FROM feed_token JOIN account ON account.id = feed_token.account_id WHERE feed_token.token_hash = asked.name
    AND feed_token.kind = 'personal'
"""


async def head(telling: Telling) -> Head:
    return personal_head(telling.texts, telling.address)


PERSONAL = Feed(
    Standings("bytea", digest, FOUND, secret=True),
    head,
    (
        chosen("bookings", booked_of_person),
        chosen("meetings", met_by_person),
        chosen("sessions", attended(BY_PERSON)),
    ),
    kinds=("bookings", "meetings", "sessions"),
    undone=True,
    secret=True,
)
