"""The desk of one price list: what it is called, what is on it, and what becomes of it."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.pricing.describe_list import describe_list
from incubator.pricing.drop_list import drop_list
from incubator.pricing.pages.labels import labels_in
from incubator.pricing.pages.steps import save_steps, step_rows
from incubator.pricing.pages.typed import list_in
from incubator.pricing.publish_list import publish_list
from incubator.pricing.queries import price_list
from incubator.pricing.sheet import sheet_of
from incubator.pricing.views_lists import PriceListView
from incubator.web.i18n import translator

ADDRESS = "/desk/prices/{list_id:uuid}"


async def one(tx: Tx, visit: Visit) -> PriceListView:
    """Raises NoSuchPriceList, NotYours."""
    today = visit.now.astimezone(WARSAW).date()
    found = await price_list(tx, actor=visit.actor, list_id=visit.key("list_id"), today=today)
    must_coordinate(visit.actor, found.gmina_id)
    return found


async def _shown(_tx: Tx, visit: Visit, shown: PriceListView) -> Shown:
    texts = translator(visit.locale)
    sheets = {tariff.id: sheet_of(tariff, texts) for tariff in shown.tariffs}
    today = visit.now.astimezone(WARSAW).date()
    rows = step_rows(shown, visit.again("steps"))
    return Shown("pricing/desk_list.html", list=shown, sheets=sheets, today=today, step_rows=rows)


async def _describe(asked: Asked) -> None:
    await asked.do(describe_list, details=list_in(asked.typed), list_id=asked.place.id, seen=asked.typed.seen)


async def _publish(asked: Asked) -> None:
    _must_be_sure(asked)
    await asked.do(publish_list, list_id=asked.place.id, seen=asked.typed.seen)


async def _drop(asked: Asked) -> PriceListView:
    _must_be_sure(asked)
    was: PriceListView = asked.place
    await asked.do(drop_list, list_id=was.id, seen=asked.typed.seen)
    return was


def _must_be_sure(asked: Asked) -> None:
    if asked.typed.one("sure") != "yes":
        raise CheckField("sure")


def _up(was: PriceListView) -> str:
    return f"/desk/incubators/{was.incubator_slug}/prices"


handlers: list[ControllerRouterHandler] = Screen(
    name="price_list_desk",
    path=ADDRESS,
    guard=coordinator,
    about=one,
    shows=_shown,
    deeds={
        "list": Deed(_describe, N_("The price list is saved.")),
        "steps": Deed(save_steps, N_("What goes back to who calls off is saved.")),
        "publish": Deed(_publish, N_("The price list is published.")),
        "drop": Deed(_drop, N_("The draft of the price list is thrown away."), _up),
    },
    labels=labels_in,
).handlers
