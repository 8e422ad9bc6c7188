"""My newsletter: for who is signed in, no mail is needed to confirm."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.newsletter.consent import NOW_ASKED, WORDS
from incubator.newsletter.interests import INTERESTS
from incubator.newsletter.pages.choosing import agreed, choice_in
from incubator.newsletter.pages.labels import labels_in
from incubator.newsletter.subscribe_account import subscribe_account
from incubator.newsletter.subscriptions import of_account, own_subscription
from incubator.newsletter.unsubscribe import unsubscribe
from incubator.newsletter.views import SubscriptionView
from incubator.people.forms import Asked, Deed
from incubator.people.guards import signed_in
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _own(tx: Tx, visit: Visit) -> SubscriptionView | None:
    return await of_account(tx, actor=visit.actor)


async def _shown(tx: Tx, _visit: Visit, found: SubscriptionView | None) -> Shown:
    words = WORDS[NOW_ASKED]
    return Shown("newsletter/own.html", found=found, gminas=await gminas(tx), interests=INTERESTS, words=words)


async def _choose(asked: Asked) -> None:
    typed = asked.typed
    seen = typed.seen if asked.place is not None else None
    await asked.do(subscribe_account, choice=choice_in(typed), consent=agreed(typed), seen=seen)


async def _leave(asked: Asked) -> None:
    found = await own_subscription(asked.tx, actor=asked.actor)
    await unsubscribe(asked.tx, subscription_id=found.id, now=asked.now, actor=asked.actor)


handlers: list[ControllerRouterHandler] = Screen(
    name="my_newsletter",
    path="/me/newsletter",
    guard=signed_in,
    about=_own,
    shows=_shown,
    deeds={
        "choose": Deed(_choose, N_("Saved.")),
        "leave": Deed(_leave, N_("You are unsubscribed, and get no more issues.")),
    },
    labels=labels_in,
).handlers
