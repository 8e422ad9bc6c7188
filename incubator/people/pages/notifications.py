"""What mails I get: invitations for my calendar, and reminders."""

from collections.abc import Mapping

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.choose_notices import choose_notices
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import signed_in
from incubator.people.notices import About, Notices, Reminders, notices_of
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.i18n import Translator

NAMED = {
    About.BOOKINGS: N_("Bookings"),
    About.MEETINGS: N_("Meetings with mentors"),
    About.SESSIONS: N_("Exchange sessions"),
}
HOW_LONG_BEFORE = {
    Reminders.NONE: N_("no reminder"),
    Reminders.HOUR: N_("an hour before"),
    Reminders.DAY: N_("a day before"),
    Reminders.BOTH: N_("a day and an hour before"),
}


def labels_in(texts: Translator) -> Mapping[str, str]:
    """What the page calls its fields."""
    return {f"{about}_reminders": texts.gettext(N_("Reminder by mail")) for about in About}


async def _own(tx: Tx, visit: Visit) -> list[Notices]:
    return await notices_of(tx, actor=visit.actor)


async def _shown(_tx: Tx, _visit: Visit, found: list[Notices]) -> Shown:
    return Shown("people/notifications.html", notices=found, named=NAMED, before=HOW_LONG_BEFORE)


async def _choose(asked: Asked) -> None:
    await asked.do(choose_notices, chosen=[_typed(asked.typed, about) for about in About])


def _typed(typed: Typed, about: About) -> Notices:
    name = f"{about}_reminders"
    try:
        reminders = Reminders(typed.one(name))
    except ValueError:
        raise CheckField(name) from None
    return Notices(about=about, invitations=bool(typed.many(f"{about}_invitations")), reminders=reminders)


handlers: list[ControllerRouterHandler] = Screen(
    name="notifications",
    path="/me/notifications",
    guard=signed_in,
    about=_own,
    shows=_shown,
    deeds={"choose": Deed(_choose, N_("Saved."))},
    labels=labels_in,
).handlers
