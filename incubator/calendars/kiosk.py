"""Where feeds are asked for in one process: polls that come together share a statement, and what was told is kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from incubator.calendars.build import built, renewed
from incubator.calendars.packing import pack
from incubator.calendars.precedence import Precedence, nobody_books
from incubator.calendars.shelf import Kept, Key, Shelf
from incubator.calendars.standing import Name, NoSuchCalendar, Standing, Standings, found
from incubator.calendars.told import Asked, Told
from incubator.db.engine import Database, snapshot, statement
from incubator.kernel.together import Busy, Together

MOST = 64
PATIENCE = 0.02
"""Seconds: a go takes a millisecond."""
AT_ONCE = 4


class Kiosk:
    """`address` is our public one."""

    def __init__(
        self, db: Database, *, address: str, shelf: Shelf | None = None, precedence: Precedence | None = None
    ) -> None:
        self._db, self._address, self._shelf = db, address, shelf or Shelf()
        self._precedence = precedence or Precedence(nobody_books)
        self._standing: dict[Standings, Together[Name, Standing | None]] = {}
        self._building: dict[Key, asyncio.Task[Kept]] = {}
        self._turns = count(1)

    async def standing(self, asked: Asked) -> Standing:
        """Where the feed stands, now. Raises NoSuchCalendar, CalendarGone."""
        standing = await self._now(asked)
        self._precedence.seen(standing)
        return standing

    def told_to_stand(self, asked: Asked, standing: Standing) -> Standing:
        """Of a feed that stands there now: there; or, while bookings go first, where it was seen last."""
        return self._precedence.standing(_key(asked, standing), standing)

    async def told(self, asked: Asked, standing: Standing, *, packing: bytes = b"") -> Told:
        """The feed as it stands there, or as it stood later; packed that way. Raises NoSuchCalendar, CalendarGone."""
        key = _key(asked, standing)
        return await self._packed(key, await self._kept(key, asked, asked.etag(standing)), packing)

    async def latest(self, asked: Asked, *, packing: bytes = b"") -> Told | None:
        """As `told`, for who needs all of it wherever it stands: of a feed that is kept and can be brought up to date with
        one statement, which then is the only one. None of any other, and while bookings go first. Raises NoSuchCalendar,
        CalendarGone."""
        if asked.feed.few is None or self._precedence.bookings_first:
            return None
        key = self._shelf.key(asked)
        return None if key is None else await self._packed(key, await self._kept(key, asked), packing)

    async def _now(self, asked: Asked) -> Standing:
        stands = asked.feed.stands
        name = stands.read(asked.name)
        if name is None:
            raise NoSuchCalendar()
        if stands not in self._standing:
            self._standing[stands] = self._together(stands)
        try:
            return found(await self._standing[stands](name))
        except Busy:
            async with statement(self._db) as tx:
                return found((await stands(tx, [name]))[0])

    async def _packed(self, key: Key, kept: Kept, packing: bytes) -> Told:
        if not packing:
            return kept.told
        octets = kept.packed.get(packing)
        if octets is None:
            with self._precedence.making():
                octets = kept.packed[packing] = await asyncio.to_thread(pack, kept.told.octets, packing)
            if self._shelf.get(key) is kept:
                self._shelf.put(key, kept)
        return replace(kept.told, parts=(octets,))

    async def _kept(self, key: Key, asked: Asked, etag: bytes | None = None) -> Kept:
        """Who finds the same feed being built waits for it, and then has it built again only if that began before they
        asked, and it is not what they saw it to be."""
        since = next(self._turns)
        kept = self._shelf.get(key)
        while kept is None or (kept.told.etag != etag and kept.turn < since):
            task = self._building.get(key)
            if task is None:
                task = self._building[key] = asyncio.create_task(self._build_then_unlist(key, asked))
            # A task of its own: whoever came first may go away, and the others must not go with them.
            kept = await asyncio.shield(task)
        return kept

    async def _build_then_unlist(self, key: Key, asked: Asked) -> Kept:
        """Off the list before it is done: a wait for what is done waits for nobody, and who then found it there again,
        and too old, would look for ever and let nobody else do a thing."""
        try:
            return await self._build(key, asked)
        finally:
            del self._building[key]

    async def _build(self, key: Key, asked: Asked) -> Kept:
        turn, kept = next(self._turns), self._shelf.get(key)
        with self._precedence.making():
            made = await self._made(asked, kept, turn)
        if made is not kept:
            key = (made.key, key[1])
            self._shelf.put(key, made)
            self._shelf.name(asked, key)
        self._precedence.made(key, made.standing)
        return made

    async def _made(self, asked: Asked, kept: Kept | None, turn: int) -> Kept:
        made = await self._renew(asked, kept, turn) if kept is not None else None
        if made is not None:
            return made
        async with snapshot(self._db) as tx:
            return await built(tx, asked, address=self._address, turn=turn)

    async def _renew(self, asked: Asked, kept: Kept, turn: int) -> Kept | None:
        door = snapshot if asked.feed.few is None else statement
        async with door(self._db) as tx:
            return await renewed(tx, asked, kept, address=self._address, turn=turn)

    def _together(self, stands: Standings) -> Together[Name, Standing | None]:
        async def look(names: Sequence[Name]) -> list[Standing | None]:
            """Many ask for the same."""
            once = list(dict.fromkeys(names))
            async with statement(self._db) as tx:
                where = dict(zip(once, await stands(tx, once), strict=True))
            return [where[name] for name in names]

        return Together(look, most=MOST, patience=PATIENCE, at_once=AT_ONCE)


def _key(asked: Asked, standing: Standing) -> Key:
    """Whatever name it has, it is one feed; in each language of its readers it is another."""
    return standing.key, replace(asked, name="", choices=replace(asked.choices, locale=asked.locale(standing)))
