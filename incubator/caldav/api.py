"""CalDAV's edge (RFC 4791), to be read alone: a bare ASGI handler, as its methods are none that the framework routes."""

from litestar import asgi
from litestar.enums import ScopeType
from litestar.types import ControllerRouterHandler, Receive, Scope, Send

from incubator.caldav.answer import answered
from incubator.caldav.basic import CHALLENGE, actor_of
from incubator.caldav.paths import PREFIX
from incubator.caldav.reading import LARGEST, UnreadableRequest
from incubator.caldav.reply import NotInCalendar, Reply
from incubator.people.guards import public

ALLOWED = b"OPTIONS, GET, HEAD, PROPFIND, REPORT"
# 1 and 3: WebDAV; the others name what RFC 3744 and RFC 4791 add.
ABLE = [(b"dav", b"1, 3, access-control, calendar-access"), (b"allow", ALLOWED)]
UNKEPT = (b"cache-control", b"private, no-store")
READS = {"GET", "HEAD", "PROPFIND", "REPORT"}
WRITES = {"PUT", "DELETE", "POST", "PATCH", "PROPPATCH", "MKCALENDAR", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "ACL"}


@asgi("/dav", is_mount=True, guards=[public], copy_scope=False)
async def calendars(scope: Scope, receive: Receive, send: Send) -> None:
    """`/dav/`: whoever asks says who they are with each request."""
    # The mount has cut the path, and what is below is of one person.
    path = f"{PREFIX}/{scope['path'].strip('/')}"
    scope["path"], scope["path_template"] = path, f"{PREFIX}/…"
    if scope["type"] == ScopeType.WEBSOCKET:
        raise NotInCalendar()
    method = scope["method"]
    if method == "OPTIONS":
        await respond(send, Reply(204, headers=[*ABLE]))
        return
    state, headers = scope["litestar_app"].state, dict(scope["headers"])
    now = state.clock()
    actor = await actor_of(headers.get(b"authorization"), db=state.db, now=now)
    body = await read(receive) if method in READS - {"GET", "HEAD"} else b""
    if actor is None:
        await respond(send, Reply(401, headers=[(b"www-authenticate", CHALLENGE)]))
    elif method in WRITES:
        await respond(send, Reply(403, headers=[*ABLE]))
    elif method in READS:
        depth = headers.get(b"depth", b"infinity").decode("latin-1").strip().lower()
        answer = await answered(state, actor, method=method, path=path, depth=depth, body=body, now=now)
        await respond(send, answer, head=method == "HEAD")
    else:
        await respond(send, Reply(405, headers=[*ABLE]))


@asgi("/.well-known/caldav", is_mount=True, guards=[public], copy_scope=False)
async def well_known(scope: Scope, receive: Receive, send: Send) -> None:
    """Where clients begin that know the server's name alone (RFC 6764)."""
    await respond(send, Reply(301, headers=[(b"location", f"{PREFIX}/".encode())]))


async def read(receive: Receive) -> bytes:
    """The body. Raises UnreadableRequest where it is too long."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise UnreadableRequest()
        body += message["body"]
        if len(body) > LARGEST:
            raise UnreadableRequest()
        if not message["more_body"]:
            return bytes(body)


async def respond(send: Send, answer: Reply, *, head: bool = False) -> None:
    headers = [*answer.headers, UNKEPT, (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else answer.body, "more_body": False})


handlers: list[ControllerRouterHandler] = [calendars, well_known]
