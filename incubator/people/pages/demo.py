"""One click to be somebody. `app.py` adds this only where the demonstration is on."""

from datetime import datetime
from typing import Any

from litestar import HttpMethod, Request, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.db.engine import Database, transaction
from incubator.people.guards import public
from incubator.people.pages.cookies import let_in
from incubator.people.sign_in_demo import sign_in_demo
from incubator.web.clients import browser_of


# GET as well: the command line prints these addresses, and a click is all it should take.
@route("/demo/sign-in/{who:str}", http_method=[HttpMethod.GET, HttpMethod.POST], guards=[public], status_code=303)
async def be(
    request: Request[Any, Any, Any],
    who: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Redirect:
    async with transaction(db) as tx:
        signed = await sign_in_demo(
            tx, who=who, user_agent=browser_of(request), now=now, next_path=request.query_params.get("next")
        )
    return let_in(request, signed)


handlers = [be]
