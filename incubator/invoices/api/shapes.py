"""What of invoices is said in JSON alone; the rest is in details.py, document.py and views.py."""

from datetime import date
from typing import Annotated, Any

from litestar.params import QueryParameter
from msgspec import Meta

from incubator.invoices.details import BuyerForm
from incubator.invoices.queries import Days
from incubator.invoices.views import InvoiceView, SellerView, View
from incubator.invoices.whole import FIRST_DAY, LAST_DAY
from incubator.kernel.errors import N_, Invalid
from incubator.people.guards import coordinator, scope, signed_in
from incubator.web.bodies import Body, Line
from incubator.web.problems import problems

READ, WRITE = "invoices:read", "invoices:write"
OWN_READ: dict[str, Any] = {"guards": [signed_in, scope(READ)], "responses": problems(401, 403, 404, 409, 410, 422)}
OWN: dict[str, Any] = {"guards": [signed_in, scope(WRITE)], "responses": problems(401, 403, 404, 412, 422)}
DESK_READ: dict[str, Any] = {"guards": [coordinator, scope(READ)], "responses": problems(401, 403, 404, 422)}
DESK: dict[str, Any] = {"guards": [coordinator, scope(WRITE)], "responses": problems(401, 403, 404, 409, 410, 412, 422)}
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
First = Annotated[date, QueryParameter(name="since", description="The first day.")]
Last = Annotated[date, QueryParameter(name="until", description="The last day, which is in it.")]
MOST_DAYS = 3700


class DaysTheOtherWay(Invalid):
    """The last day is before the first, or they are beyond what invoices speak of."""

    code = "days_the_other_way"
    sentence = N_("Give the first day and the last, in this order, at most ten years apart.")


class Invoices(View, frozen=True):
    """A page of invoices; `next` goes into `after` for the one that follows."""

    items: list[InvoiceView]
    next: str | None = None


class Sellers(View, frozen=True):
    """How a gmina names itself on invoices, the latest first."""

    items: list[SellerView]


class BuyerView(View, frozen=True):
    """Whom invoices name from now on; null where nobody said. `version` 0 is before it was first said."""

    buyer: BuyerForm | None
    version: int


class KsefNumber(Body, frozen=True):
    """The number that KSeF gave an invoice."""

    ksef_number: Line


class Renamed(Body, frozen=True):
    """Whom an invoice should name, and why; the buyer reads it."""

    buyer: BuyerForm
    reason: Line


class GivenBack(Body, frozen=True):
    """What was given back, in grosz with the tax, and why; the buyer reads it."""

    refund: Annotated[int, Meta(ge=1, le=10**13)]
    reason: Line


def days(first: date, last: date) -> Days:
    """Raises DaysTheOtherWay."""
    if not FIRST_DAY <= first <= last <= LAST_DAY or (last - first).days > MOST_DAYS:
        raise DaysTheOtherWay()
    return Days(first=first, last=last)


def place(made: InvoiceView) -> str:
    return f"/api/invoices/{made.id}"
