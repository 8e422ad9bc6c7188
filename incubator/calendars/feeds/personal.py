"""A person's bookings and those of their organisations, whole. Its name is a secret."""

from incubator.calendars.entries import personal_head
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.sources.booked import booked_of_person
from incubator.calendars.standing import Standings
from incubator.calendars.write import Head
from incubator.db.versions import PLACES
from incubator.kernel.ids import digest

FOUND = f"""
SELECT account.id AS key, (feed_token.revoked_at IS NOT NULL OR account.erased_at IS NOT NULL) AS gone,
    ARRAY(SELECT organisation_id FROM membership WHERE account_id = account.id) || ARRAY[account.id, '{PLACES}'::uuid]
        AS keys,
    feed_token.id AS token_id, account.locale, feed_token.fetched_at
FROM feed_token JOIN account ON account.id = feed_token.account_id WHERE feed_token.token_hash = asked.name
"""


async def head(telling: Telling) -> Head:
    return personal_head(telling.texts, telling.address)


PERSONAL = Feed(True, Standings("bytea", digest, FOUND, secret=True), head, (booked_of_person,))
