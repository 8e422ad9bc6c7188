"""A request by somebody signed in, as one dependency: what pages and changes are all told.

    @post("/bookings/{booking_id:uuid}/confirm", guards=[signed_in], status_code=303)
    async def confirm_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
        await visit.do(confirm, booking_id=booking_id)
        return see_other(visit.request, f"/bookings/{booking_id}", N_("The booking is confirmed."))

Changes of a thing that carries a version are `Change`s (change.py).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response

from incubator.db.engine import Database, Tx, attempt
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Typed, Verb
from incubator.people.guards import asking
from incubator.web.i18n import locale_of
from incubator.web.idempotency import Made, created

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a verb is told, looked up in its own transaction: `Found(mentor_key, slug)`."""

    by: Callable[[Tx, str], Awaitable[UUID]]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks, when, and where the rows are. Where a page is shown again, also the form that was
    `typed` and the `refusal` it met."""

    request: Ask
    db: Database
    actor: Actor
    now: datetime
    typed: Typed | None = None
    refusal: Refusal | None = None

    async def do(self, verb: Verb[T], **told: Any) -> T:
        """Run a verb in a transaction of its own, and again after a deadlock. It is told who asks and
        when, and what is `told` besides."""
        return await attempt(self.db, lambda tx: self._run(tx, verb, told))

    async def then(self, read: Callable[[Tx], Awaitable[T]], verb: Verb[object], /, **told: Any) -> T:
        """Run a verb, and answer with what is read after it in the same transaction."""

        async def whole(tx: Tx) -> T:
            await self._run(tx, verb, told)
            return await read(tx)

        return await attempt(self.db, whole)

    async def create(
        self, verb: Verb[T], at: str | Callable[[T], str], shape: Callable[[T], object] | None = None, /, **told: Any
    ) -> Response[Any]:
        """201 with what the verb made, in another `shape` where one is given, and `at` which address it is
        found; done once for an Idempotency-Key."""

        async def make(tx: Tx) -> Made:
            made = await self._run(tx, verb, told)
            return shape(made) if shape else made, at if isinstance(at, str) else at(made)

        return await created(self.request, self.db, self.actor.account_id, make)

    async def _run(self, tx: Tx, verb: Verb[T], told: dict[str, Any]) -> T:
        given = {key: await one.by(tx, one.name) if isinstance(one, Found) else one for key, one in told.items()}
        return await verb(tx, actor=self.actor, now=self.now, **given)

    def key(self, name: str) -> UUID:
        """What stands in the address as {name:uuid}."""
        found: UUID = self.request.path_params[name]
        return found

    @property
    def slug(self) -> str:
        """What stands in the address as {slug:str}."""
        found: str = self.request.path_params["slug"]
        return found

    @property
    def locale(self) -> str:
        return locale_of(self.request)

    def again(self, form: str) -> Typed | None:
        """What was typed, if it was into this form."""
        return self.typed if self.typed is not None and self.typed.form == form else None


def give_visit(request: Request[Any, Any, Any]) -> Visit:
    """Raises SignInFirst: for handlers that are not `public`."""
    state = request.app.state
    return Visit(request=request, db=state.db, actor=asking(request), now=state.clock())
