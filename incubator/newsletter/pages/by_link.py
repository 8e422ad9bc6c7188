"""Pages that a link in a mail leads to, without an account: confirm, choose, leave. Opening one does nothing, for mail
programs open links by themselves; the button does, or what a mail program sends when its own button is pressed
(RFC 8058). Public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Invalid, Refusal, Stale
from incubator.newsletter.change_subscription import change_subscription
from incubator.newsletter.confirm_subscription import confirm_subscription, look_at_confirming
from incubator.newsletter.interests import INTERESTS
from incubator.newsletter.links import manage_path
from incubator.newsletter.pages.choosing import choice_in
from incubator.newsletter.pages.labels import labels_in
from incubator.newsletter.subscriptions import by_manage_link, by_stop_link
from incubator.newsletter.unsubscribe import unsubscribe
from incubator.newsletter.views import SubscriptionView
from incubator.people.forms import Ask, NoSuchForm, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.people.queries import gminas
from incubator.web.flash import see_other
from incubator.web.pages import page

MANAGE, STOP = "/newsletter/manage/{key:uuid}/{secret:str}", "/newsletter/one-click/{key:uuid}/{secret:str}"


@get("/newsletter/confirm/{secret:str}", guards=[public])
async def show_confirming(
    request: Ask, secret: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    async with statement(db) as tx:
        found = await look_at_confirming(tx, secret=secret, now=now)
    return page(request, "newsletter/confirm.html", found=found)


@post("/newsletter/confirm/{secret:str}", guards=[public], status_code=303)
async def confirm(
    request: Ask, secret: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    found = await attempt(db, lambda tx: confirm_subscription(tx, secret=secret, now=now))
    return see_other(request, manage_path(found.id), N_("Thank you. You get the newsletter from now on."))


@get(MANAGE, guards=[public])
async def show_manage(
    request: Ask, key: FromPath[UUID], secret: FromPath[str], db: NamedDependency[Database]
) -> Response[str]:
    return await _manage(request, key, secret, db)


@post(MANAGE, guards=[public], status_code=303)
async def manage(
    request: Ask,
    key: FromPath[UUID],
    secret: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)
    if typed.form not in {"choose", "leave"}:
        raise NoSuchForm()

    async def whole(tx: Tx) -> None:
        found = await by_manage_link(tx, subscription_id=key, given=secret)
        if typed.form == "leave":
            await unsubscribe(tx, subscription_id=key, now=now)
        else:
            await change_subscription(tx, found=found, choice=choice_in(typed), now=now, seen=typed.seen)

    try:
        await attempt(db, whole)
    except (Invalid, Stale) as refusal:
        return await _manage(request, key, secret, db, typed, refusal)
    left = N_("You are unsubscribed, and get no more issues.")
    return see_other(request, f"/newsletter/manage/{key}/{secret}", left if typed.form == "leave" else N_("Saved."))


@get(STOP, guards=[public])
async def show_stop(
    request: Ask, key: FromPath[UUID], secret: FromPath[str], db: NamedDependency[Database]
) -> Response[str]:
    async with statement(db) as tx:
        found = await by_stop_link(tx, subscription_id=key, given=secret)
    return page(request, "newsletter/stop.html", found=found)


@post(STOP, guards=[public], status_code=200)
async def stop(
    request: Ask,
    key: FromPath[UUID],
    secret: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[str]:
    """Whatever is in it: the seal in the address says who asks."""

    async def whole(tx: Tx) -> SubscriptionView:
        await by_stop_link(tx, subscription_id=key, given=secret)
        await unsubscribe(tx, subscription_id=key, now=now)
        return await by_stop_link(tx, subscription_id=key, given=secret)

    return page(request, "newsletter/stop.html", found=await attempt(db, whole))


async def _manage(
    request: Ask, key: UUID, secret: str, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        found = await by_manage_link(tx, subscription_id=key, given=secret)
        every = await gminas(tx)
    return form_page(
        request,
        "newsletter/manage.html",
        found=found,
        gminas=every,
        interests=INTERESTS,
        labels=labels_in,
        typed=typed,
        refusal=refusal,
    )


handlers: list[ControllerRouterHandler] = [show_confirming, confirm, show_manage, manage, show_stop, stop]
