"""A change of a thing that carries a version, by a program: `If-Match` says which one was seen, the answer
which one it has now.

    @put("/editions/{edition_id:uuid}/dates", operation_id="setEditionDates", **DESK)
    async def put_dates(
        change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[DateList]
    ) -> Response[EditionInFull]:
        return await change(set_dates, edition_id=edition_id, dates=data.dates)
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from litestar import Request, Response

from incubator.db.engine import Tx
from incubator.people.forms import Verb
from incubator.people.visit import Visit, give_visit
from incubator.web.etags import IfMatch, seen_version, tagged

T = TypeVar("T")


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Change:
    visit: Visit
    if_match: str | None

    @property
    def seen(self) -> int | None:
        """The version that was seen; None has seen whatever is there. Raises IfMatchRequired,
        ChangedMeanwhile."""
        return seen_version(self.if_match)

    async def __call__(self, verb: Verb[V], /, **told: Any) -> Response[V]:
        """Run the verb and answer with what it gives back, with its ETag."""
        view = await self.do(verb, **told)
        return tagged(view, view.version)

    async def do(self, verb: Verb[T], /, **told: Any) -> T:
        """The same where the answer is another. The verb is told who asks, when, the version that was
        `seen`, and what is `told` besides."""
        return await self.visit.do(verb, seen=self.seen, **told)

    async def then(self, read: Callable[[Tx], Awaitable[T]], verb: Verb[object], /, **told: Any) -> T:
        """Run the verb, and answer with what is read after it in the same transaction."""
        return await self.visit.then(read, verb, seen=self.seen, **told)


def give_change(request: Request[Any, Any, Any], if_match: IfMatch = None) -> Change:
    """Raises SignInFirst."""
    return Change(give_visit(request), if_match)
