"""The statements. Each is a whole text in each language, not a set of translated sentences: a
lawyer has to be able to read it through."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.types import ControllerRouterHandler

from incubator.people.guards import public
from incubator.web.i18n import locale_of
from incubator.web.pages import page

ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /bookings
Disallow: /calendars/
Disallow: /desk
Disallow: /me
Disallow: /office
Disallow: /sign-in
"""


@get("/accessibility", guards=[public])
async def accessibility(request: Request[Any, Any, Any]) -> Response[str]:
    """The accessibility statement (the Polish Act of 4 April 2019 on digital accessibility)."""
    address = request.app.state.settings.address
    return page(request, f"statements/accessibility_{locale_of(request)}.html", address=address)


@get("/privacy", guards=[public])
async def privacy(request: Request[Any, Any, Any]) -> Response[str]:
    """What is kept about people, why and how long (GDPR, articles 13 and 14)."""
    days = request.app.state.settings.registration_days
    return page(request, f"statements/privacy_{locale_of(request)}.html", registration_days=days)


@get("/robots.txt", guards=[public], media_type=MediaType.TEXT)
async def robots() -> str:
    return ROBOTS


handlers: list[ControllerRouterHandler] = [accessibility, privacy, robots]
