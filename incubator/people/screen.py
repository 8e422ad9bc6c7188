"""A page with forms, said once: its address, who may see it, what it is about, what it shows, what its forms do.

    async def _edition(tx: Tx, visit: Visit) -> EditionView:
        return await edition_to_run(tx, actor=visit.actor, edition_id=visit.key("edition_id"))

    async def _shown(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
        participants = await participants_of(tx, actor=visit.actor, edition_id=edition.id)
        return Shown("participation/desk_participants.html", edition=edition, participants=participants)

    handlers = Screen(
        name="participants",
        path="/desk/editions/{edition_id:uuid}/participants",
        guard=office_or_coordinator,
        about=_edition,
        shows=_shown,
        deeds={"admit": Deed(_admit, N_("They are admitted, and written to."))},
        labels=labels_in,
    ).handlers

makes two handlers. GET shows the page. POST does what the deed of the form says that was sent, in one
transaction, and goes back to the page or where the deed leads; or it shows the page again, with what was
typed and why it was refused. Who may not, and what is not there, is not shown again.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from urllib.parse import urljoin

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler, Guard

from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import Conflict, Invalid, Refusal, Stale, TooLarge
from incubator.people.forms import Asked, CheckField, Deed, NoSuchForm, Typed, problem_of, typed_in
from incubator.people.visit import Visit
from incubator.web.flash import see_other
from incubator.web.i18n import Translator, texts_of
from incubator.web.pages import page

T = TypeVar("T")
SHOWN_AGAIN = (Invalid, Conflict, Stale, TooLarge)
PARAMETER = re.compile(r"{(\w+):\w+}")


class Shown:
    """A template and the values it is filled with; `labels` are names of fields besides the screen's own."""

    def __init__(self, template: str, *, labels: Mapping[str, str] | None = None, **values: object) -> None:
        self.template, self.labels, self.values = template, labels or {}, values


async def nothing(_tx: Tx, _visit: Visit) -> None:
    """What a page is about that is about no one thing."""


About = Callable[[Tx, Visit], Awaitable[T]]
Shows = Callable[[Tx, Visit, T], Awaitable[Shown]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Generic[T]):
    """`about` reads the thing as who asks may, or raises; it is asked anew for the page and for each form.
    `guard_of_forms` and `about_of_forms` are for pages that more people see than change. `labels` names the
    fields. `visited` is for pages that know otherwise than by signing in who asks: by the link in a mail, say."""

    name: str
    path: str
    guard: Guard
    guard_of_forms: "Guard | None" = None  # quoted: an alias of a text cannot be joined at run time
    about: About[T]
    about_of_forms: About[T] | None = None
    shows: Shows[T]
    deeds: Mapping[str, Deed]
    labels: Callable[[Translator], Mapping[str, str]]
    visited: Callable[..., Awaitable[Visit]] | None = None

    @property
    def handlers(self) -> list[ControllerRouterHandler]:
        return [self.showing(), self.changing()]

    def showing(self) -> HTTPRouteHandler:
        async def show(visit: NamedDependency[Visit]) -> Response[str]:
            return await self._page(visit)

        return get(self.path, guards=[self.guard], dependencies=self._visited())(_named(show, f"show_{self.name}"))

    def changing(self) -> HTTPRouteHandler:
        async def change(visit: NamedDependency[Visit]) -> Response[Any]:
            return await self._carry_out(visit, await typed_in(visit.request))

        guard = self.guard_of_forms or self.guard
        made = post(self.path, guards=[guard], dependencies=self._visited(), status_code=303)
        return made(_named(change, f"change_{self.name}"))

    def _visited(self) -> dict[str, Provide]:
        return {"visit": Provide(self.visited)} if self.visited is not None else {}

    async def _page(self, visit: Visit) -> Response[str]:
        async with statement(visit.db) as tx:
            shown = await self.shows(tx, visit, await self.about(tx, visit))
        labels = {**self.labels(texts_of(visit.request)), **shown.labels}
        wrong = visit.refusal.field if isinstance(visit.refusal, CheckField) else ""
        problem, status = problem_of(visit.request, visit.refusal, labels)
        told = {"labels": labels, "typed": visit.typed, "problem": problem, "stale": isinstance(visit.refusal, Stale)}
        return page(visit.request, shown.template, status=status, wrong=wrong, **told, **shown.values)

    async def again(self, visit: Visit, typed: Typed, refusal: Refusal) -> Response[str]:
        """The page with what was typed and why it was refused, for a form that is read elsewhere: a file, say."""
        return await self._page(replace(visit, typed=typed, refusal=refusal))

    async def _carry_out(self, visit: Visit, typed: Typed) -> Response[Any]:
        if typed.form not in self.deeds:
            raise NoSuchForm()
        deed = self.deeds[typed.form]

        async def whole(tx: Tx) -> object:
            place = await (self.about_of_forms or self.about)(tx, visit)
            return await deed.act(Asked(tx=tx, actor=visit.actor, place=place, typed=typed, now=visit.now))

        try:
            made = await attempt(visit.db, whole)
        except SHOWN_AGAIN as refusal:
            return await self.again(visit, typed, refusal)
        onward = deed.to if isinstance(deed.to, str) else deed.to(made)
        return see_other(visit.request, urljoin(self._address(visit), onward), deed.sentence)

    def _address(self, visit: Visit) -> str:
        return PARAMETER.sub(lambda found: str(visit.request.path_params[found[1]]), self.path)


def _named(handler: Callable[..., Any], name: str) -> Callable[..., Any]:
    handler.__name__ = handler.__qualname__ = name
    return handler
