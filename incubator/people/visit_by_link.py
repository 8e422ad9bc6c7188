"""A request by the reader of a mail, whose link says who they are: see `Screen.visited`."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request

from incubator.db.engine import statement
from incubator.people.answer_link import AnswerLink
from incubator.people.visit import Visit


def visit_by(link: AnswerLink) -> Callable[..., Awaitable[Visit]]:
    """As `give_visit`, for the page of such a link."""

    async def give_visit_by_link(request: Request[Any, Any, Any]) -> Visit:
        state, named = request.app.state, request.path_params
        key, account_id, given = named[f"{link.kind}_id"], named["account_id"], named["given"]
        async with statement(state.db) as tx:
            actor = await link.reader(tx, key=key, account_id=account_id, given=given)
        return Visit(request=request, db=state.db, actor=actor, now=state.clock())

    return give_visit_by_link
