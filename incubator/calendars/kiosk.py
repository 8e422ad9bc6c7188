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
        kept = await self._kept(key, asked, standing)
        if not packing:
            return kept.told
        octets = kept.packed.get(packing)
        if octets is None:
            with self._precedence.making():
                octets = kept.packed[packing] = await asyncio.to_thread(pack, kept.told.octets, packing)
            if self._shelf.get(key) is kept:
                self._shelf.put(key, kept)
        return replace(kept.told, parts=(octets,))

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

    async def _kept(self, key: Key, asked: Asked, standing: Standing) -> Kept:
        """Who finds the same feed being built waits for it, and then has it built again only if that began before they
        saw where it stands."""
        etag, since = asked.etag(standing), next(self._turns)
        kept = self._shelf.get(key)
        while kept is None or (kept.told.etag != etag and kept.turn < since):
            task = self._building.get(key)
            if task is None:
                task = self._building[key] = asyncio.create_task(self._build(key, asked))
                task.add_done_callback(lambda _: self._building.pop(key, None))
            # A task of its own: whoever came first may go away, and the others must not go with them.
            kept = await asyncio.shield(task)
        return kept

    async def _build(self, key: Key, asked: Asked) -> Kept:
        turn, kept = next(self._turns), self._shelf.get(key)
        with self._precedence.making():
            made = await self._made(asked, kept, turn)
        self._shelf.put(key, made)
        self._precedence.made(key, made.standing)
        return made

    async def _made(self, asked: Asked, kept: Kept | None, turn: int) -> Kept:
        async with snapshot(self._db) as tx:
            if kept is None:
                return await built(tx, asked, address=self._address, turn=turn)
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
    """Whatever name it has, it is one feed."""
    return standing.key, replace(asked, name="")
