"""Which calendars can be kept in step: one's own, and that of each organisation. Apps show all that they find, so what
is in one of them is in no other."""

from dataclasses import dataclass, replace

from incubator.caldav.paths import ORGANISATION, PERSONAL
from incubator.calendars.entries import personal_head
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.feeds import private
from incubator.calendars.feeds.personal import ALONE
from incubator.calendars.sources.attended import BY_ONESELF, attended
from incubator.calendars.sources.booked import booked_by_oneself
from incubator.calendars.sources.met import met_by_oneself
from incubator.calendars.standing import Standings, identifier
from incubator.calendars.write import Head

# Found by whose they are: who asks has said who they are.
OWN = f"SELECT account.id AS key, false AS gone, {ALONE} AS keys FROM account WHERE account.id = asked.name"
ITS_OWN = f"""
SELECT organisation.id AS key, organisation.closed_at IS NOT NULL AS gone,
    {private.ORGANISATION_KEYS.format(key="organisation.id")} || {private.EVERYWHERE} AS keys
FROM organisation WHERE organisation.id = asked.name
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """`color` is what apps show a calendar in until its owner chooses another."""

    feed: Feed
    color: str


async def head(telling: Telling) -> Head:
    return personal_head(telling.texts, telling.address)


KINDS: dict[str, Kind] = {
    PERSONAL: Kind(
        Feed(
            Standings("uuid", identifier, OWN),
            head,
            (booked_by_oneself, met_by_oneself, attended(BY_ONESELF)),
            secret=True,
        ),
        "#1f6f8b",
    ),
    ORGANISATION: Kind(replace(private.ORGANISATION, stands=Standings("uuid", identifier, ITS_OWN)), "#8b5a1f"),
}
