"""The page of the calendars that are kept elsewhere for one thing, a mentor or a space, with all its forms."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler, Guard

from incubator.db.engine import Tx, statement
from incubator.outside.calendars import calendars_of
from incubator.outside.pages.deeds import DEEDS, added, read_now
from incubator.outside.pages.labels import labels_in
from incubator.outside.problems import PROBLEMS
from incubator.people.screen import PARAMETER, Screen, Shown
from incubator.people.visit import Visit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOne(Generic[T]):
    """`about` reads the thing as who asks may, or raises; `key` is what it is known by to its calendars, as `whose`:
    "mentor_id" or "space_id"; the template calls the `value` of it `owner`."""

    name: str
    path: str
    guard: Guard
    about: Callable[[Tx, Visit], Awaitable[T]]
    whose: str
    key: Callable[[T], UUID]
    template: str
    value: Callable[[T], object]

    @property
    def handlers(self) -> list[ControllerRouterHandler]:
        screen = Screen(
            name=self.name,
            path=self.path,
            guard=self.guard,
            about=self.about,
            shows=self._shown,
            deeds=DEEDS,
            labels=labels_in,
        )
        return [*screen.handlers, self._adding(screen), self._reading(screen)]

    async def _shown(self, tx: Tx, visit: Visit, thing: T) -> Shown:
        calendars = await calendars_of(tx, actor=visit.actor, **{self.whose: self.key(thing)}, now=visit.now)
        base, owner = self._at(visit), self.value(thing)
        return Shown(self.template, owner=owner, calendars=calendars, problems=PROBLEMS, base=base)

    def _adding(self, screen: Screen[T]) -> ControllerRouterHandler:
        async def add(visit: NamedDependency[Visit]) -> Response[Any]:
            async with statement(visit.db) as tx:  # whoever may not add one is not told of the outside either
                thing = await self.about(tx, visit)
            return await added(screen, visit, self._at(visit), **{self.whose: self.key(thing)})

        return post(f"{self.path}/add", guards=[self.guard], status_code=303, name=f"add_{self.name}")(add)

    def _reading(self, screen: Screen[T]) -> ControllerRouterHandler:
        async def read(visit: NamedDependency[Visit]) -> Response[Any]:
            async with statement(visit.db) as tx:
                await self.about(tx, visit)
            return await read_now(screen, visit, self._at(visit))

        return post(f"{self.path}/read", guards=[self.guard], status_code=303, name=f"read_{self.name}")(read)

    def _at(self, visit: Visit) -> str:
        return PARAMETER.sub(lambda found: str(visit.request.path_params[found[1]]), self.path)
