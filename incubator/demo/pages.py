"""The post box of the demonstration: what would have been mailed, for everybody to read."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.mail.queries import kept_mails
from incubator.people.guards import public
from incubator.web.pages import page


@get("/demo/mailbox", guards=[public])
async def mailbox(request: Request[Any, Any, Any], db: NamedDependency[Database]) -> Response[str]:
    async with statement(db) as tx:
        mails = await kept_mails(tx)
    return page(request, "demo/mailbox.html", mails=mails)


handlers: list[ControllerRouterHandler] = [mailbox]
