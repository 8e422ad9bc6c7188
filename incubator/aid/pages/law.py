"""What is dated: ceilings by the law, rates of the euro. For the administrator."""

import re
from decimal import Decimal

from litestar.types import ControllerRouterHandler

from incubator.aid.dated import limits, rates
from incubator.aid.details import LimitDetails, RateDetails
from incubator.aid.enter_dated import enter_limit, enter_rate
from incubator.aid.pages.labels import labels_in
from incubator.aid.pages.told import RATE, cents_typed, told
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import administrator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit

FOUR = re.compile(r"[0-9]{1,2}[.,][0-9]{1,4}")


async def _shown(tx: Tx, visit: Visit, _: None) -> Shown:
    return told(visit, "law.html", limits=await limits(tx), rates=await rates(tx))


async def _limit(asked: Asked) -> None:
    ceiling = cents_typed(asked.typed, "ceiling")
    if not ceiling:
        raise CheckField("ceiling")
    await asked.do(enter_limit, details=asked.typed.shaped(LimitDetails, ceiling_cents=ceiling))


async def _rate(asked: Asked) -> None:
    text = asked.typed.one("rate")
    if not FOUR.fullmatch(text):
        raise CheckField("rate")
    rate = int(Decimal(text.replace(",", ".")) * RATE)
    await asked.do(enter_rate, details=asked.typed.shaped(RateDetails, rate=rate))


handlers: list[ControllerRouterHandler] = Screen(
    name="aid_law",
    path="/admin/aid",
    guard=administrator,
    about=nothing,
    shows=_shown,
    deeds={
        "limit": Deed(_limit, N_("The ceiling counts from its day on.")),
        "rate": Deed(_rate, N_("The rate is entered.")),
    },
    labels=labels_in,
).handlers
