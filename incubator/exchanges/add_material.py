"""Give something out: a link, or a file that is judged by its bytes; and take it back."""

from datetime import datetime
from uuid import UUID

from incubator.applications.attach_file import FileIsEmpty, FileTooLarge
from incubator.applications.files import MEDIA_TYPES, FileNotAllowed, NoSuchFile, media_of, plain_name
from incubator.db.engine import Tx
from incubator.exchanges.details import RealAddress
from incubator.exchanges.saving import count_on, session_to_change
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.web.bodies import Body, Line, OptionalLine

LARGEST = 10 * 1024 * 1024
MOST = 30


class TooManyMaterials(Conflict):
    code = "too_many_materials"
    sentence = N_("A session gives out {most} materials at most. Remove one first.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


class MaterialLink(Body, frozen=True):
    """What is at `url`; for everybody, or for who was registered."""

    title_pl: Line
    url: RealAddress
    title_en: OptionalLine = ""
    public: bool = True


class MaterialTitle(Body, frozen=True):
    """What a file is called, and whom it is for."""

    title_pl: Line
    title_en: OptionalLine = ""
    public: bool = True


ADD = """
INSERT INTO session_material (id, session_id, title_pl, title_en, url, content, media_type, file_name, public, added_by,
    added_at)
VALUES (uuidv7(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
COUNT = "SELECT count(*) FROM session_material WHERE session_id = $1"


async def add_link(tx: Tx, *, actor: Actor, session_id: UUID, link: MaterialLink, now: datetime) -> UUID:
    """Raises NoSuchSession, NotYours, SessionCalledOff, TooManyMaterials."""
    found = await _with_room_for_one(tx, actor, session_id)
    said = (link.title_pl, link.title_en, link.url, None, "", "", link.public)
    return await _add(tx, actor, found, said, now)


async def add_file(
    tx: Tx, *, actor: Actor, session_id: UUID, title: MaterialTitle, name: str, content: bytes, now: datetime
) -> UUID:
    """Raises NoSuchSession, NotYours, SessionCalledOff, TooManyMaterials, FileIsEmpty, FileTooLarge, FileNotAllowed."""
    found = await _with_room_for_one(tx, actor, session_id)
    media = must_be_file(content)
    said = (title.title_pl, title.title_en, None, content, MEDIA_TYPES[media], plain_name(name, media), title.public)
    return await _add(tx, actor, found, said, now)


async def remove_material(tx: Tx, *, actor: Actor, session_id: UUID, material_id: UUID, now: datetime) -> None:
    """Raises NoSuchSession, NotYours, SessionCalledOff, NoSuchFile."""
    found = await session_to_change(tx, actor=actor, session_id=session_id)
    gone = "DELETE FROM session_material WHERE id = $1 AND session_id = $2 RETURNING id"
    if await tx.fetchval(gone, material_id, session_id) is None:
        raise NoSuchFile()
    await count_on(tx, session_id, now)
    of, before = ("session", session_id), {"material_id": material_id}
    await tell(tx, actor, now, "remove_material", of=of, gmina_id=found.gmina_id, before=before)


def must_be_file(content: bytes) -> str:
    """What the content is. Raises FileIsEmpty, FileTooLarge, FileNotAllowed."""
    if not content:
        raise FileIsEmpty()
    if len(content) > LARGEST:
        raise FileTooLarge(LARGEST)
    media = media_of(content)
    if media is None:
        raise FileNotAllowed(MEDIA_TYPES)
    return media


async def _with_room_for_one(tx: Tx, actor: Actor, session_id: UUID) -> SessionView:
    found = await session_to_change(tx, actor=actor, session_id=session_id)
    # Counted under the lock of the session.
    if await tx.fetchval(COUNT, session_id) >= MOST:
        raise TooManyMaterials()
    return found


async def _add(tx: Tx, actor: Actor, session: SessionView, said: tuple[object, ...], now: datetime) -> UUID:
    key: UUID = await tx.fetchval(ADD, session.id, *said, actor.account_id, now)
    await count_on(tx, session.id, now)
    of, after = ("session", session.id), {"material_id": key}
    await tell(tx, actor, now, "add_material", of=of, gmina_id=session.gmina_id, after=after)
    return key
