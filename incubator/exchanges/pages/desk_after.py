"""The desk: what is given out at a session, and what was answered."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.exchanges.add_material import (
    LARGEST,
    MaterialLink,
    MaterialTitle,
    add_file,
    add_link,
    remove_material,
)
from incubator.exchanges.details import Answer
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.pages.desk_session import one
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.typed import key_in
from incubator.exchanges.publish_answer import publish_answer, withdraw_answer
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import SHOWN_AGAIN, Screen, Shown
from incubator.people.visit import Visit
from incubator.web.flash import see_other


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    full = await session_in_full(tx, reader=visit.actor, session_id=session.id)
    return Shown("exchanges/desk_after.html", session=session, full=full, now=visit.now)


async def _link(asked: Asked) -> None:
    link = asked.typed.shaped(MaterialLink, public=asked.typed.one("audience") != "registered")
    await asked.do(add_link, session_id=asked.place.id, link=link)


async def _remove(asked: Asked) -> None:
    await asked.do(remove_material, session_id=asked.place.id, material_id=key_in(asked.typed, "file"))


async def _answer(asked: Asked) -> None:
    await asked.do(publish_answer, session_id=asked.place.id, answer=asked.typed.shaped(Answer))


async def _withdraw(asked: Asked) -> None:
    await asked.do(withdraw_answer, session_id=asked.place.id, answer_id=key_in(asked.typed, "answer"))


AFTER = Screen(
    name="session_after",
    path="/desk/exchange/{session_id:uuid}/after",
    guard=office_or_coordinator,
    about=one,
    shows=_shown,
    deeds={
        "link": Deed(_link, N_("The link is added.")),
        "remove": Deed(_remove, N_("It is removed.")),
        "answer": Deed(_answer, N_("The answer is on the page.")),
        "withdraw": Deed(_withdraw, N_("The answer is off the page.")),
    },
    labels=labels_in,
)


@post(
    "/desk/exchange/{session_id:uuid}/files",
    guards=[office_or_coordinator],
    status_code=303,
    request_max_body_size=LARGEST + 65_536,
)
async def give_out_file(visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Response[Any]:
    typed = await typed_in(visit.request)
    uploaded = (await visit.request.form()).get("file")
    content = await uploaded.read(LARGEST + 1) if isinstance(uploaded, UploadFile) else b""
    name = uploaded.filename if isinstance(uploaded, UploadFile) else ""
    try:
        title = typed.shaped(MaterialTitle, public=typed.one("audience") != "registered")
        await visit.do(add_file, session_id=session_id, title=title, name=name, content=content)
    except SHOWN_AGAIN as refusal:
        return await AFTER.again(visit, typed, refusal)
    return see_other(visit.request, f"/desk/exchange/{session_id}/after", N_("The file is added."))


handlers: list[ControllerRouterHandler] = [*AFTER.handlers, give_out_file]
