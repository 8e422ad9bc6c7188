"""What is given out at a session, for those it is for."""

from uuid import UUID

import msgspec

from incubator.applications.files import Content, NoSuchFile
from incubator.db.engine import Tx
from incubator.exchanges.queries import runs
from incubator.exchanges.views import MaterialView
from incubator.people.actor import Actor

MATERIALS = """
SELECT id, title_pl, title_en, url, media_type, file_name, octet_length(content) AS size, public
FROM session_material WHERE session_id = $1 ORDER BY added_at, id
"""
REGISTERED = """EXISTS (
    SELECT FROM registration WHERE registration.session_id = {session} AND registration.account_id = {account}
        AND registration.state = 'registered'
)"""
COMES = f"SELECT {REGISTERED.format(session='$1', account='$2::uuid')}"
CONTENT = """
SELECT session.gmina_id, session.id AS session_id, session.published_at, public, file_name, media_type, content
FROM session_material JOIN session ON session.id = session_id
WHERE session_material.id = $1 AND session.id = $2 AND content IS NOT NULL
"""


async def materials_of(tx: Tx, *, reader: Actor | None, session_id: UUID, gmina_id: UUID | None) -> list[MaterialView]:
    """All of them by name; the links of those that are for who was registered without their address for others.
    The caller has asked whether the session may be seen."""
    found = [MaterialView(**row) for row in await tx.fetch(MATERIALS, session_id)]
    if all(one.public for one in found) or await is_for(tx, reader=reader, session_id=session_id, gmina_id=gmina_id):
        return found
    return [one if one.public else msgspec.structs.replace(one, url=one.url and "") for one in found]


async def content_to_read(tx: Tx, *, reader: Actor | None, session_id: UUID, material_id: UUID) -> Content:
    """The file. Raises NoSuchFile, also where it is not for the reader."""
    row = await tx.fetchrow(CONTENT, material_id, session_id)
    if row is None:
        raise NoSuchFile()
    open_to_all = row["public"] and row["published_at"] is not None
    if not open_to_all and not await is_for(tx, reader=reader, session_id=session_id, gmina_id=row["gmina_id"]):
        raise NoSuchFile()
    return Content(row["file_name"], row["media_type"], row["content"])


async def content_of(tx: Tx, *, session_id: UUID, material_id: UUID) -> Content:
    """Whoever asks: for who comes with a link instead of an account. Raises NoSuchFile."""
    row = await tx.fetchrow(CONTENT, material_id, session_id)
    if row is None:
        raise NoSuchFile()
    return Content(row["file_name"], row["media_type"], row["content"])


async def is_for(tx: Tx, *, reader: Actor | None, session_id: UUID, gmina_id: UUID | None) -> bool:
    """Whether the reader runs the session or is registered."""
    if reader is None:
        return False
    return runs(reader, gmina_id) or bool(await tx.fetchval(COMES, session_id, reader.account_id))
