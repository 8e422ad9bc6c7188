"""Photos and drawings. Neither ever changes under its address, so browsers may keep them."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.errors import N_, NotFound
from incubator.people.guards import public
from incubator.places.add_space import RESOURCE
from incubator.places.drawing import drawing
from incubator.places.photos import photo_by_id

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class NoSuchDrawing(NotFound):
    """No kind of space, or no capacity, that could be drawn."""

    code = "no_such_drawing"
    sentence = N_("There is no such drawing.")


@get("/photos/{photo_id:uuid}", guards=[public])
async def show_photo(photo_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[bytes]:
    async with statement(db) as tx:
        picture = await photo_by_id(tx, photo_id=photo_id)
    return Response(picture.content, media_type=picture.media_type, headers=HEADERS)


@get("/drawings/{name:str}", guards=[public], sync_to_thread=False)
def show_drawing(name: FromPath[str]) -> Response[bytes]:
    """`room-12.svg`: the kind, and for how many."""
    kind, _, number = name.removesuffix(".svg").rpartition("-")
    if not (name.endswith(".svg") and kind in RESOURCE and number.isascii() and number.isdigit() and len(number) < 6):
        raise NoSuchDrawing()
    return Response(drawing(kind, int(number)).encode(), media_type="image/svg+xml", headers=HEADERS)


handlers: list[ControllerRouterHandler] = [show_photo, show_drawing]
