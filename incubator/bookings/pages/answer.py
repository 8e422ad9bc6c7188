"""What the link in a mail opens: the booking, and a button for who cannot come. Nobody has to sign in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.bookings.booking_to_answer import booking_to_answer
from incubator.bookings.cancel import cancel
from incubator.bookings.cost import cost_of
from incubator.bookings.going_back import CANCELLABLE, going_back
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.people.forms import Ask, form_page
from incubator.people.guards import public
from incubator.web.flash import see_other
from incubator.web.i18n import Translator

PATH = "/bookings/{booking_id:uuid}/answer/{account_id:uuid}/{given:str}"
Data = NamedDependency[Database]
Now = NamedDependency[datetime]


@get(PATH, guards=[public])
async def show_answer(
    request: Ask, booking_id: FromPath[UUID], account_id: FromPath[UUID], given: FromPath[str], db: Data, now: Now
) -> Response[str]:
    """To open it changes nothing: programs that look through mails open links."""
    return await _page(request, db, booking_id, account_id, given, now)


@post(PATH, guards=[public], status_code=303)
async def answer(
    request: Ask, booking_id: FromPath[UUID], account_id: FromPath[UUID], given: FromPath[str], db: Data, now: Now
) -> Response[Any]:
    """As if they had signed in and cancelled it."""

    async def act(tx: Tx) -> None:
        actor, _ = await booking_to_answer(tx, booking_id=booking_id, account_id=account_id, given=given)
        await cancel(tx, actor=actor, booking_id=booking_id, now=now)

    try:
        await attempt(db, act)
    except (Conflict, Invalid) as refusal:
        return await _page(request, db, booking_id, account_id, given, now, refusal)
    return see_other(request, request.url.path, N_("The booking is cancelled. Thank you for telling us."))


async def _page(
    request: Ask,
    db: Database,
    booking_id: UUID,
    account_id: UUID,
    given: str,
    now: datetime,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        actor, booking = await booking_to_answer(tx, booking_id=booking_id, account_id=account_id, given=given)
        goes = await going_back(tx, booking_id=booking_id, now=now)
        cost = await cost_of(tx, actor=actor, booking=booking)
    return form_page(
        request,
        "bookings/answer.html",
        labels=_none,
        booking=booking,
        goes=goes,
        cost=cost,
        desk=False,
        stands=booking.state in CANCELLABLE and booking.period.end > now and booking.part_of is None,
        refusal=refusal,
        now=now,
    )


def _none(_texts: Translator) -> Mapping[str, str]:
    """Nothing is typed here."""
    return {}


handlers: list[ControllerRouterHandler] = [show_answer, answer]
