"""Build a feed from its rows, or bring what is kept of it up to date. Both give the same octets."""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from incubator.calendars.feed import Telling
from incubator.calendars.pieces import Piece, Pieces
from incubator.calendars.queries import Subjects
from incubator.calendars.representations import REPRESENTATIONS, Representation
from incubator.calendars.shelf import Kept
from incubator.calendars.standing import Standing, found
from incubator.calendars.told import Asked, as_told
from incubator.calendars.write import Entry
from incubator.db.engine import Tx
from incubator.db.versions import changed_since
from incubator.web.i18n import translator

MOST = 500
"""So many subjects are looked up one by one; where more changed, all is read anew."""
BREATH = 100
"""Pieces written at one go, some milliseconds: a feed of 35,000 would hold up everybody else for a second."""


async def built(tx: Tx, asked: Asked, *, address: str, turn: int) -> Kept:
    """From nothing, in a snapshot. Raises NoSuchCalendar, CalendarGone."""
    return await _anew(await _telling(tx, asked, address), asked, turn)


async def renewed(tx: Tx, asked: Asked, kept: Kept, *, address: str, turn: int) -> Kept:
    """As `built` makes it, from what is kept and what changed since. `kept` itself is of no use any more."""
    telling = await _telling(tx, asked, address)
    seen, versions = kept.standing.versions, telling.standing.versions
    if versions.keys() != seen.keys() or telling.texts.locale != kept.locale:
        return await _anew(telling, asked, turn)
    subjects = (await changed_since(tx, seen=seen, now=versions)).subjects
    if subjects is None or len(subjects) > MOST:
        return await _anew(telling, asked, turn)
    pieces, head = await _pieces(telling, asked, list(subjects)), await asked.feed.head(telling)
    # From here on nothing can fail half-way.
    kept.pieces.replace(subjects, pieces)
    parts = REPRESENTATIONS[asked.ending].whole(telling, head, kept.pieces.blocks)
    return Kept(as_told(asked, telling.standing, parts), kept.locale, telling.standing, kept.pieces, turn)


async def _telling(tx: Tx, asked: Asked, address: str) -> Telling:
    standing = await _standing(tx, asked)
    texts = translator(asked.locale(standing))
    return Telling(tx, standing, asked.choices, asked.window, texts, address)


async def _standing(tx: Tx, asked: Asked) -> Standing:
    """With its versions. Raises NoSuchCalendar, CalendarGone."""
    name = asked.feed.stands.read(asked.name)
    return found((await asked.feed.stands(tx, [name], True))[0] if name is not None else None)


async def _anew(telling: Telling, asked: Asked, turn: int) -> Kept:
    form = REPRESENTATIONS[asked.ending]
    pieces = Pieces(await _pieces(telling, asked, None), between=form.between)
    parts = form.whole(telling, await asked.feed.head(telling), pieces.blocks)
    told = as_told(asked, telling.standing, parts)
    return Kept(told, telling.texts.locale, telling.standing, pieces, turn)


async def _pieces(telling: Telling, asked: Asked, subjects: Subjects) -> list[Piece]:
    """All that there are, or those about `subjects`; in no order."""
    if subjects == []:
        return []
    told: list[Piece] = []
    for source in asked.feed.sources:
        written = _written(await source(telling, subjects), REPRESENTATIONS[asked.ending])
        while some := list(islice(written, BREATH)):
            told += some
            await asyncio.sleep(0)
    return told


def _written(entries: Iterable[tuple[UUID, Entry]], representation: Representation) -> Iterator[Piece]:
    piece = representation.piece
    for subject, entry in entries:
        yield Piece((entry.period.start, entry.uid, subject.int), subject, piece(entry))
