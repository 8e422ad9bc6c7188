"""Build a feed from its rows, or bring what is kept of it up to date. Both give the same octets."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from incubator.calendars.feed import Telling
from incubator.calendars.news import news
from incubator.calendars.pieces import Piece, Pieces
from incubator.calendars.queries import Subjects
from incubator.calendars.representations import REPRESENTATIONS, Representation
from incubator.calendars.shelf import Kept
from incubator.calendars.standing import Standing, found
from incubator.calendars.told import Asked, as_told
from incubator.calendars.write import Entry, Head
from incubator.db.engine import Tx
from incubator.kernel.unhurried import unhurried
from incubator.web.i18n import translator

MOST = 500
"""So many subjects are looked up one by one; where more changed, all is read anew."""


async def built(tx: Tx, asked: Asked, *, address: str, turn: int) -> Kept:
    """From nothing, in a snapshot. Raises NoSuchCalendar, CalendarGone."""
    return await _anew(_telling(tx, asked, await _standing(tx, asked), address), asked, turn)


async def renewed(tx: Tx, asked: Asked, kept: Kept, *, address: str, turn: int) -> Kept | None:
    """As `built` makes it, from what is kept and what changed since: `kept` itself where nothing did, else it is of no use
    any more. None where it has to be built. A feed with a `few` needs no snapshot: all is in one statement. Raises
    NoSuchCalendar, CalendarGone."""
    new = await news(tx, asked, kept)
    telling, subjects = _telling(tx, asked, new.standing, address), new.changed.subjects
    if subjects is None or len(subjects) > MOST or telling.texts.locale != kept.locale:
        return None
    if not subjects:
        kept.turn = turn
        return kept
    if asked.feed.few is not None:
        pieces = list(_written(asked.feed.few.told(telling, new.few), REPRESENTATIONS[asked.ending]))
    else:
        pieces = await _pieces(telling, asked, list(subjects))
    # From here on nothing can fail half-way.
    kept.pieces.replace(subjects, pieces)
    return _kept(telling, asked, kept.head, kept.pieces, turn)


def _telling(tx: Tx, asked: Asked, standing: Standing, address: str) -> Telling:
    texts = translator(asked.locale(standing))
    return Telling(tx, standing, asked.choices, asked.window, texts, address)


async def _standing(tx: Tx, asked: Asked) -> Standing:
    """With its versions. Raises NoSuchCalendar, CalendarGone."""
    name = asked.feed.stands.read(asked.name)
    return found((await asked.feed.stands(tx, [name], True))[0] if name is not None else None)


async def _anew(telling: Telling, asked: Asked, turn: int) -> Kept:
    pieces = Pieces(await _pieces(telling, asked, None), between=REPRESENTATIONS[asked.ending].between)
    return _kept(telling, asked, await asked.feed.head(telling), pieces, turn)


def _kept(telling: Telling, asked: Asked, head: Head, pieces: Pieces, turn: int) -> Kept:
    standing, parts = telling.standing, REPRESENTATIONS[asked.ending].whole(telling, head, pieces.blocks)
    told = as_told(asked, standing, parts)
    return Kept(standing, standing.versions, told, telling.texts.locale, head, pieces, turn)


async def _pieces(telling: Telling, asked: Asked, subjects: Subjects) -> list[Piece]:
    """All that there are, or those about `subjects`; in no order."""
    if subjects == []:
        return []
    told: list[Piece] = []
    for source in asked.feed.sources:
        told += await unhurried(_written(await source(telling, subjects), REPRESENTATIONS[asked.ending]))
    return told


def _written(entries: Iterable[tuple[UUID, Entry]], representation: Representation) -> Iterator[Piece]:
    piece = representation.piece
    for subject, entry in entries:
        yield Piece((entry.period.start, entry.uid, subject.int), subject, piece(entry))
