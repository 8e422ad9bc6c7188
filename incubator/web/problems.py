"""The one place that knows statuses: refusals become problem details (RFC 9457) for programs and a
page for people."""

import logging
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import ResponseSpec
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError

from incubator.kernel.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    NotSignedIn,
    Refusal,
    Stale,
    TooLarge,
    TooMany,
    Unavailable,
)
from incubator.web.amounts import figure, zloty
from incubator.web.bodies import UnreadableForm
from incubator.web.framework import FRAMEWORK
from incubator.web.i18n import Translator, locale_of, translator
from incubator.web.pages import page, show_day, show_length, show_time

LENGTHS = {"max_minutes", "shortest_minutes", "longest_minutes", "lead_minutes", "left_minutes"}
MONEY = {"would_cost", "more"}
EUROS = {"aid", "granted", "ceiling"}
WORDS = {"unit"}
"""Fields that sentences tell as a length, an amount (in grosz), a figure (euros with a point), or a translated word."""

log = logging.getLogger(__name__)

PROGRAMS = ("/api", "/schema", "/calendars", "/dav", "/.well-known", "/health", "/metrics", "/webhooks")
"""Where addresses begin that programs ask; everything else is for people."""

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (Invalid, 422),
    (NotSignedIn, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Gone, 410),
    (Stale, 412),
    (TooLarge, 413),
    (TooMany, 429),
    (Unavailable, 503),
)

# What asyncpg raises when the database stops, restarts or cannot be reached.
AWAY: tuple[type[Exception], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the connection died under a rollback
    asyncpg.DeadlockDetectedError,  # as often as `attempt` tried
    ConnectionError,
    TimeoutError,  # a statement took too long; it may have committed while it was being stopped
)


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem with our stable `code`; `data` holds what the refusal knows."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str = ""
    fields: list[dict[str, str]] = []
    data: dict[str, Any] = {}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """What a handler may answer besides success, for its OpenAPI `responses`."""
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            description=HTTPStatus(status).phrase,
            media_type="application/problem+json",
        )
        for status in sorted({*statuses, 400, 413, 500})
    }


def status_of(refusal: Refusal) -> int:
    return next((status for family, status in STATUS if isinstance(refusal, family)), 400)


def refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """A refusal of ours, said in the reader's language."""
    if isinstance(refusal, NotSignedIn) and not for_programs(request) and request.method == "GET":
        wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return Redirect(f"/sign-in?next={quote(wanted, safe='/')}")
    status, sentence = status_of(refusal), said(request, refusal)
    if isinstance(refusal, UnreadableForm):
        return page(
            request, "web/refused.html", status=status, code=refusal.code, sentence=sentence, typed=refusal.kept
        )
    data = {name: plain(value) for name, value in vars(refusal).items()}
    # RFC 9110, section 15.5.2: how to say who is asking.
    how = {"WWW-Authenticate": "Bearer"} if isinstance(refusal, NotSignedIn) and for_programs(request) else None
    return answer(request, status, refusal.code, sentence, data=data, headers=how)


def said(request: Request[Any, Any, Any], refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language, for forms that are shown again."""
    texts = translator(locale_of(request, otherwise="en" if for_programs(request) else "pl"))
    told = {name: _told_as(name, value, request, texts) for name, value in vars(refusal).items()}
    return texts.gettext(refusal.sentence).format_map(told)


def _told_as(name: str, value: Any, request: Request[Any, Any, Any], texts: Translator) -> Any:
    """As a sentence says it, in the reader's language; programs are told a moment as it is."""
    if name in LENGTHS:
        return show_length(value, texts.locale)
    if name in MONEY:
        return zloty(value, texts.locale)
    if name in EUROS:
        return figure(value, texts.locale)
    if name in WORDS:
        return texts.gettext(value)
    if isinstance(value, datetime):
        return (
            plain(value) if for_programs(request) else f"{show_day(value, texts.locale, 'short')}, {show_time(value)}"
        )
    return show_day(value, texts.locale, "date") if isinstance(value, date) else plain(value)


def refused_by_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What Litestar refuses: unknown paths, wrong methods, bodies that do not fit."""
    status = error.status_code
    fields: list[dict[str, str]] = []
    if isinstance(error, ValidationException):
        status, fields = 422 if status == 400 else status, _fields(error)
    code, sentence = FRAMEWORK.get(status, FRAMEWORK[400 if status < 500 else 500])
    texts = translator(locale_of(request, otherwise="en" if for_programs(request) else "pl"))
    return answer(request, status, code, texts.gettext(sentence), fields=fields, headers=dict(error.headers or {}))


def refused_by_database(request: Request[Any, Any, Any], error: asyncpg.DataError) -> Response[Any]:
    """Class 22: a value that PostgreSQL cannot hold and our shapes let through."""
    log.warning("a value got past the edge", extra={"sqlstate": error.sqlstate, **_asked(request)})
    return _told(request, 422)


def crashed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault of ours: logged with its trace, told without it."""
    log.error("unhandled", exc_info=error, extra=_asked(request))
    return _told(request, 500)


def cut_off(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The database is away, or went away before it said whether it had committed."""
    log.error("the database is away", extra={"error": type(error).__name__, **_asked(request)})
    return _told(request, 503, headers={"Retry-After": "2"})


def failed_at_the_ordinary_door(request: Request[Any, Any, Any], error: DBAPIError) -> Response[Any]:
    """As the quick door says it: SQLAlchemy wraps what asyncpg raises."""
    cause = error.orig.__cause__ if error.orig is not None else None
    if isinstance(cause, AWAY):
        return cut_off(request, cause)
    return refused_by_database(request, cause) if isinstance(cause, asyncpg.DataError) else crashed(request, error)


def _asked(request: Request[Any, Any, Any]) -> dict[str, str]:
    """What was asked for, as far as the log may know: the pattern of the address, for the address itself
    may hold a secret."""
    return {"method": request.method, "route": request.scope.get("path_template") or "none"}


def _told(request: Request[Any, Any, Any], status: int, *, headers: dict[str, str] | None = None) -> Response[Any]:
    code, sentence = FRAMEWORK[status]
    texts = translator(locale_of(request, otherwise="en" if for_programs(request) else "pl"))
    return answer(request, status, code, texts.gettext(sentence), headers=headers)


def answer(
    request: Request[Any, Any, Any],
    status: int,
    code: str,
    sentence: str,
    *,
    fields: list[dict[str, str]] | None = None,
    data: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[Any]:
    """One refusal, as JSON or as a page."""
    if not for_programs(request):
        return page(request, "web/refused.html", status=status, code=code, sentence=sentence, typed={})
    problem = Problem(
        type=f"/docs/errors#{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        detail=sentence,
        code=code,
        instance=request.url.path,
        fields=fields or [],
        data=data or {},
    )
    return Response(
        msgspec.json.encode(problem),
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def for_programs(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith(PROGRAMS)


def plain(value: Any) -> Any:
    """What JSON and a sentence can hold."""
    return str(value) if isinstance(value, UUID) else msgspec.to_builtins(value)


def _fields(error: ValidationException) -> list[dict[str, str]]:
    found = error.extra if isinstance(error.extra, list) else []
    return [
        {"field": str(item.get("key", "")), "problem": str(item.get("message", ""))}
        for item in found
        if isinstance(item, dict)
    ]


HANDLERS: ExceptionHandlersMap = {
    Refusal: refused,
    HTTPException: refused_by_framework,
    asyncpg.DataError: refused_by_database,
    **dict.fromkeys(AWAY, cut_off),
    DBAPIError: failed_at_the_ordinary_door,
    Exception: crashed,
}
