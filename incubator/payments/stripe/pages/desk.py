"""The desk: whether one can pay by card and BLIK in a gmina, and whether Stripe's books say what ours say."""

from collections.abc import Mapping
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.payments.stripe.compare_again import compare_again
from incubator.payments.stripe.connect_account import connect_account
from incubator.payments.stripe.queries import stripe_desk
from incubator.payments.stripe.till import Till
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue import gmina_by_slug
from incubator.places.views import GminaView
from incubator.web.bodies import Body, Line
from incubator.web.i18n import Translator


class AccountForm(Body, frozen=True):
    """`account` is what Stripe calls it: acct_ and letters and digits."""

    account: Line


class DayForm(Body, frozen=True):
    day: UUID


async def _gmina(tx: Tx, visit: Visit) -> GminaView:
    """For its coordinator. Raises NoSuchGmina, NotYours."""
    gmina = await gmina_by_slug(tx, slug=visit.slug)
    must_coordinate(visit.actor, gmina.id)
    return gmina


async def _shown(tx: Tx, visit: Visit, gmina: GminaView) -> Shown:
    till: Till = visit.request.app.state.till
    desk = await stripe_desk(tx, actor=visit.actor, gmina_id=gmina.id)
    return Shown("payments/stripe_desk.html", gmina=gmina, desk=desk, on=till.on)


async def _connect(asked: Asked) -> None:
    form = asked.typed.shaped(AccountForm)
    await asked.do(connect_account, gmina_id=asked.place.id, account=form.account)


async def _compare(asked: Asked) -> None:
    form = asked.typed.shaped(DayForm)
    await asked.do(compare_again, gmina_id=asked.place.id, day_id=form.day)


def _labels(texts: Translator) -> Mapping[str, str]:
    return {"account": texts.gettext("Account at Stripe"), "day": texts.gettext("Day")}


handlers = Screen(
    name="stripe_desk",
    path="/desk/gminas/{slug:str}/stripe",
    guard=coordinator,
    about=_gmina,
    shows=_shown,
    deeds={
        "connect": Deed(_connect, N_("The account is noted. Stripe is asked whether it takes payments.")),
        "compare": Deed(_compare, N_("The day is compared again in a moment.")),
    },
    labels=_labels,
).handlers
