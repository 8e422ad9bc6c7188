"""A pass on a page, its holder's or the desk's: what is shown, and what can be done about it."""

from incubator.aid.queries import grant_about
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.money import Amount
from incubator.passes.give_back_pass import give_back_pass, holder_may_give_back
from incubator.passes.lapse import call_off_pass
from incubator.passes.queries import uses_of
from incubator.passes.rules import last_day_to_give_back, left_of
from incubator.passes.views import PassView
from incubator.payments.queries import charges_about
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.screen import Shown
from incubator.people.visit import Visit


async def shown(tx: Tx, visit: Visit, bought: PassView, *, desk: bool) -> Shown:
    whole = bought.drawn + bought.left
    price = Amount(bought.net, bought.vat)
    return Shown(
        "passes/one.html",
        one=bought,
        desk=desk,
        granted=await grant_about(tx, actor=visit.actor, subject_kind="pass", subject_id=bought.id),
        uses=await uses_of(tx, bought=bought),
        payment=await charges_about(tx, actor=visit.actor, subject_kind="pass", subject_id=bought.id),
        back=left_of(price, drawn=bought.drawn, of=whole) if whole else Amount(),
        may=holder_may_give_back(bought, now=visit.now),
        until=last_day_to_give_back(bought.live_at) if bought.live_at else None,
    )


async def _call_off(asked: Asked) -> PassView:
    _must_be_sure(asked)
    return await asked.do(call_off_pass, pass_id=asked.place.id)


async def _give_back(asked: Asked) -> PassView:
    _must_be_sure(asked)
    return await asked.do(give_back_pass, pass_id=asked.place.id)


def _must_be_sure(asked: Asked) -> None:
    """Raises CheckField."""
    if asked.typed.one("sure") != "yes":
        raise CheckField("sure")


DEEDS = {
    "call_off": Deed(_call_off, N_("The order is called off. Nothing is owed for it.")),
    "give_back": Deed(_give_back, N_("It is given back. What was paid for what is left goes back.")),
}
