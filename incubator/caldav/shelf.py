"""What a calendar holds, read for one client: the same entries as in its feed, a thing for each subject."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

from incubator.caldav.data import of_one_uid
from incubator.caldav.tokens import Token, token_of
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.window import AHEAD, BACK
from incubator.calendars.write import Entry, Status, single
from incubator.db.versions import KEPT, Changed, changed_since
from incubator.kernel.unhurried import unhurried


@dataclass(frozen=True, slots=True)
class About:
    """What a calendar says of itself; `token` names the state it is in."""

    name: str
    description: str
    color: str
    token: str


@dataclass(frozen=True)
class Thing:
    """One thing of a calendar. It is written as a file once somebody asks for that: a calendar has thousands, and most
    questions are about a few of them."""

    subject_id: UUID
    changed_at: datetime
    entries: Sequence[Entry]

    @cached_property
    def octets(self) -> bytes:
        return single(self.entries)

    @property
    def etag(self) -> str:
        return f'"{blake2b(self.octets, digest_size=16).hexdigest()}"'


@dataclass(frozen=True, slots=True)
class Shelf:
    """A calendar as it stands in one snapshot."""

    feed: Feed
    telling: Telling
    color: str

    async def about(self) -> About:
        head = await self.feed.head(self.telling)
        return About(head.name, head.description, self.color, str(self.token))

    @property
    def token(self) -> Token:
        telling = self.telling
        return Token(FORM, telling.window.monday, telling.texts.locale, telling.standing.versions)

    async def things(self, subjects: Sequence[UUID] | None = None) -> Mapping[UUID, Thing]:
        """All, or of `subjects` those that are there. Who keeps in step is told what is gone: nothing has to stay to
        say that it was cancelled."""
        if subjects is not None and not subjects:
            return {}
        found: dict[UUID, list[Entry]] = {}
        for source in self.feed.sources:
            for subject_id, entry in await source(self.telling, subjects):
                found.setdefault(subject_id, []).append(entry)
        there = (
            (key, of_one) for key, of_one in found.items() if any(one.status is not Status.CANCELLED for one in of_one)
        )
        return {thing.subject_id: thing for thing in await unhurried(_thing(*one) for one in there)}

    async def changed(self, text: str) -> Changed | None:
        """What may be different since that token; None where it is too old to say, or none of this calendar's."""
        seen, now = token_of(text), self.token
        if seen is None or not timedelta() <= now.monday - seen.monday <= KEPT:
            return None
        passed = await self._passed(seen.monday)
        moved = Changed() if seen.versions == now.versions else await self._moved(seen.versions, now.versions)
        if moved is None:
            return None
        otherwise = (seen.form, seen.locale) != (now.form, now.locale)
        return Changed(moved.named | passed, else_too=moved.else_too or otherwise)

    async def _passed(self, monday: date) -> Set[UUID]:
        """What time alone has taken out of the window since it was that Monday's, or brought into it: many apps that are
        told to begin anew, as a week has passed, never do."""
        weeks = self.telling.window.monday - monday
        if not weeks:
            return frozenset()
        first, last = monday - BACK, monday + AHEAD
        strips = (first, first + weeks - DAY), (last, last + weeks - DAY)
        found: set[UUID] = set()
        for strip in strips:
            telling = replace(self.telling, window=replace(self.telling.window, first=strip[0], last=strip[1]))
            for source in self.feed.sources:
                found.update(subject_id for subject_id, _ in await source(telling, None))
        return found

    async def _moved(self, seen: Mapping[UUID, int], now: Mapping[UUID, int]) -> Changed | None:
        """A session that they registered for since is a key that came, and a subject of a key that was there before. Under
        any other that came there is anything; under one that went there was."""
        both = seen.keys() & now.keys()
        found = await changed_since(
            self.telling.tx, seen={key: seen[key] for key in both}, now={key: now[key] for key in both}
        )
        if not found.known or seen.keys() - now.keys() - found.named:
            return None
        return replace(found, else_too=found.else_too or bool(now.keys() - seen.keys() - found.named))


FORM = 3
"""Goes up when the same rows are written otherwise: then all is told once more. Where other things are told of, PREFIX
has to change, too, so that clients begin anew."""

DAY = timedelta(days=1)


def _thing(subject_id: UUID, given: Sequence[Entry]) -> Thing:
    return Thing(subject_id, max(entry.changed_at for entry in given), of_one_uid(str(subject_id), given))
