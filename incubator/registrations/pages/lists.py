"""The list to be signed, and the spreadsheet of who registered: for who runs a session."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.exchanges.queries import session_to_run
from incubator.kernel.alphabet import alphabetical
from incubator.people.guards import office_or_coordinator
from incubator.people.visit import Visit
from incubator.registrations.listing import everybody_at
from incubator.registrations.sheet import answers_at, registrations_csv
from incubator.registrations.states import State
from incubator.registrations.to_register import questions_of
from incubator.registrations.where import where
from incubator.web.i18n import texts_of
from incubator.web.pdf import download, pdf

Asking = NamedDependency[Visit]
EMPTY_LINES = 12
"""For those who come without having registered."""


@get("/desk/exchange/{session_id:uuid}/list.pdf", guards=[office_or_coordinator])
async def show_list(session_id: FromPath[UUID], visit: Asking) -> Response[bytes]:
    """The list of who is registered, to be signed; in Polish, as it goes into the files."""
    async with statement(visit.db) as tx:
        session = await session_to_run(tx, actor=visit.actor, session_id=session_id)
        everybody = await everybody_at(tx, session_id=session_id, states=(State.REGISTERED,))
    tickets = sorted(
        ((ticket, one) for one in everybody for ticket in one.tickets if ticket.live),
        key=lambda pair: (alphabetical(pair[0].name), pair[0].id),
    )
    content = await pdf(
        "registrations/list.html",
        "pl",
        session=session,
        where=where(session, "pl"),
        tickets=tickets,
        empty=range(EMPTY_LINES),
    )
    return download(content, f"lista-{session_id}.pdf")


@get("/desk/exchange/{session_id:uuid}/people.csv", guards=[office_or_coordinator])
async def show_sheet(session_id: FromPath[UUID], visit: Asking) -> Response[bytes]:
    """Everybody who registered, whatever became of it, with their answers."""
    async with statement(visit.db) as tx:
        await session_to_run(tx, actor=visit.actor, session_id=session_id)
        everybody = await everybody_at(tx, session_id=session_id)
        questions = await questions_of(tx, session_id=session_id)
        answers = await answers_at(tx, session_id=session_id)
    content = registrations_csv(everybody, questions=questions, answers=answers, texts=texts_of(visit.request))
    return download(content, f"registrations-{session_id}.csv", media_type="text/csv")


handlers: list[ControllerRouterHandler] = [show_list, show_sheet]
