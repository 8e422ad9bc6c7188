"""Two pages for those who write programs: what can be asked, and what can be answered no."""

from itertools import groupby
from typing import Any

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler

from incubator.manual.operations import operations
from incubator.people.guards import public
from incubator.web.pages import page
from incubator.web.refusals import published


@get("/docs/api", guards=[public], sync_to_thread=False)
def api(request: Request[Any, Any, Any]) -> Response[str]:
    found = operations(request.app.openapi_schema.to_schema())
    return page(request, "manual/api.html", groups=[(tag, list(some)) for tag, some in groupby(found, lambda o: o.tag)])


@get("/docs/errors", guards=[public], sync_to_thread=False)
def errors(request: Request[Any, Any, Any]) -> Response[str]:
    groups = groupby(published(), lambda refusal: refusal.status)
    return page(request, "manual/errors.html", groups=[(status, list(some)) for status, some in groups])


handlers: list[ControllerRouterHandler] = [api, errors]
