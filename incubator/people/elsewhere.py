"""What other features hand in about a person: `app.py` shows the lists.

People stands below bookings and calendars and must not know them, yet a person's export has to
hold everything of theirs, and an erasure has to reach everywhere.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor

Query: TypeAlias = Callable[[Tx, UUID], Awaitable[list[dict[str, Any]]]]
"""Everything of one kind that belongs to the account, as JSON holds it."""


class Leave(Protocol):
    """Ends what the account has coming in a feature, and empties what it wrote there. `actor` is the
    person themself."""

    def __call__(self, tx: Tx, *, actor: Actor, now: datetime) -> Awaitable[object]: ...


class Wind(Protocol):
    """Ends what an organisation has coming in a feature; `actor` is who closes it, `members` are the
    accounts that belonged to it until now."""

    def __call__(
        self, tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
    ) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """`export`: named sections of a person's export. `on_erasure`: what runs, in order, before an
    account is emptied. `on_closing`: the same before an organisation is closed, once nobody belongs to it."""

    export: tuple[tuple[str, Query], ...] = ()
    on_erasure: tuple[tuple[str, Leave], ...] = ()
    on_closing: tuple[tuple[str, Wind], ...] = ()
