"""Build a feed from its rows."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from incubator.calendars.feed import Subjects, Telling
from incubator.calendars.representations import REPRESENTATIONS, Representation
from incubator.calendars.standing import Standing, found
from incubator.calendars.told import Asked, Told, as_told
from incubator.calendars.write import Entry
from incubator.db.engine import Tx
from incubator.web.i18n import translator

Piece = tuple[tuple[datetime, str], UUID, bytes]
"""Where it stands among the others (its beginning, then its UID), what it is about, and its octets."""


async def built(tx: Tx, asked: Asked, address: str) -> Told:
    """From nothing, in a snapshot. Raises NoSuchCalendar, CalendarGone."""
    telling = await telling_of(tx, asked, address)
    pieces = sorted(await pieces_of(telling, asked, None), key=itemgetter(0))
    return await put_together(telling, asked, [octets for _, _, octets in pieces])


async def telling_of(tx: Tx, asked: Asked, address: str) -> Telling:
    """Raises NoSuchCalendar, CalendarGone."""
    standing = await standing_of(tx, asked)
    texts = translator(asked.locale(standing))
    return Telling(tx, standing, asked.choices, asked.window, texts, address)


async def standing_of(tx: Tx, asked: Asked) -> Standing:
    """With its versions. Raises NoSuchCalendar, CalendarGone."""
    name = asked.feed.stands.read(asked.name)
    return found((await asked.feed.stands(tx, [name], True))[0] if name is not None else None)


async def pieces_of(telling: Telling, asked: Asked, subjects: Subjects) -> list[Piece]:
    """All that there are, or those about `subjects`; in no order."""
    representation = REPRESENTATIONS[asked.ending]
    told: list[Piece] = []
    for source in asked.feed.sources:
        told += _pieces(await source(telling, subjects), representation)
    return told


def _pieces(entries: Iterable[tuple[UUID, Entry]], representation: Representation) -> Iterable[Piece]:
    piece = representation.piece
    return (((entry.period.start, entry.uid), subject, piece(entry)) for subject, entry in entries)


async def put_together(telling: Telling, asked: Asked, pieces: list[bytes]) -> Told:
    """What the feed says of itself is read each time."""
    octets = REPRESENTATIONS[asked.ending].join(telling, await asked.feed.head(telling), pieces)
    return as_told(asked, telling.standing, octets)
