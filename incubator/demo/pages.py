"""The post box of the demonstration: what would have been mailed, for everybody to read."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.mail.queries import kept_mails
from incubator.people.guards import public
from incubator.web.pages import page

Address = Annotated[str, QueryParameter(max_length=254, pattern=r"^[^\x00]*$")]


@get("/demo/mailbox", guards=[public])
async def mailbox(request: Request[Any, Any, Any], db: NamedDependency[Database], to: Address = "") -> Response[str]:
    """All of it, or what went to one address."""
    async with statement(db) as tx:
        mails = await kept_mails(tx, to=to.strip().lower())
    return page(request, "demo/mailbox.html", mails=mails, to=to.strip())


handlers: list[ControllerRouterHandler] = [mailbox]
