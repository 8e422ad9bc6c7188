"""Whose calendars: a person's own, and one of each organisation that they belong to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incubator.caldav.kinds import KINDS
from incubator.caldav.paths import ORGANISATION, PERSONAL, Collection, Home
from incubator.caldav.reply import NotInCalendar
from incubator.caldav.shelf import Shelf
from incubator.calendars.choices import Choices
from incubator.calendars.feed import Telling
from incubator.calendars.standing import found
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.web.i18n import translator

LIVE = Choices(cancelled_for=timedelta())
"""Nothing that was called off, ever: apps are told that it is gone. So a thing does not change because time goes by."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """A person's calendars in one snapshot. `address` is our public one."""

    tx: Tx
    actor: Actor
    address: str
    now: datetime

    @property
    def home(self) -> Home:
        return Home(self.actor.account_id)

    @property
    def collections(self) -> tuple[Collection, ...]:
        person = self.actor.account_id
        organisations = (Collection(person, ORGANISATION, key) for key in self.actor.organisations)
        return (Collection(person, PERSONAL, person), *organisations)

    async def shelf(self, collection: Collection) -> Shelf:
        """Raises NotInCalendar for one of an organisation that they do not belong to."""
        if collection not in self.collections:
            raise NotInCalendar()
        kind = KINDS[collection.kind]
        standing = found((await kind.feed.stands(self.tx, [collection.key], True))[0])
        window, texts = LIVE.window(self.now), translator(self.actor.locale)
        return Shelf(kind.feed, Telling(self.tx, standing, LIVE, window, texts, self.address), kind.color)

    async def mail(self) -> str:
        """The person's address."""
        return str(await self.tx.fetchval("SELECT email FROM account WHERE id = $1", self.actor.account_id))
