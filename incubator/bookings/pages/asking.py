"""The page that names what stands in the way and asks what is to become of it."""

from typing import Any

from litestar import Request, Response

from incubator.bookings.in_the_way import BookingsInTheWay
from incubator.bookings.pages.own_places import Named
from incubator.kernel.period import Period
from incubator.web.pages import page
from incubator.web.problems import status_of


def show_in_the_way(
    request: Request[Any, Any, Any],
    refusal: BookingsInTheWay,
    *,
    what: Named,
    period: Period,
    reason: str,
    action: str,
    fields: dict[str, str],
    answers: list[str],
    back: str,
) -> Response[str]:
    """`what` is to be blocked or closed; `fields` are sent again to `action` with one of the `answers`;
    `back` leads to the form as it was."""
    return page(
        request,
        "bookings/in_the_way.html",
        status=status_of(refusal),
        what=what,
        period=period,
        reason=reason,
        items=refusal.items,
        more=refusal.count - len(refusal.items),
        action=action,
        fields=fields,
        answers=answers,
        back=back,
    )
