"""Who may: declared on the handler, checked before it runs. Whose rows: narrowed in the queries.

Every handler names one of these, or `public`; a test reads them all. They are coroutines, for
Litestar would run a plain function in a thread, which costs more than the booking's own rules.
"""

from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from incubator.kernel.errors import N_, Forbidden, NotSignedIn
from incubator.people.actor import Actor

Connection = ASGIConnection[Any, Any, Any, Any]


class SignInFirst(NotSignedIn):
    """Something only a signed-in person can do."""

    code = "not_signed_in"
    sentence = N_("Please sign in first.")


class NotYours(Forbidden):
    """Something another role, or another gmina, may do."""

    code = "forbidden"
    sentence = N_("You may not do this.")


class MissingScope(Forbidden):
    """A token that was not given this right."""

    code = "missing_scope"
    sentence = N_("This API token may not do this: it lacks the scope {scope}.")

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope


async def public(_connection: Connection, _handler: BaseRouteHandler) -> None:
    """Everybody may. Named, so that nothing is open by forgetting."""


async def signed_in(connection: Connection, _handler: BaseRouteHandler) -> None:
    asking(connection)


async def coordinator(connection: Connection, _handler: BaseRouteHandler) -> None:
    """A coordinator of some gmina; of which, the query narrows. The administrator too."""
    actor = asking(connection)
    if not (actor.is_coordinator or actor.is_administrator):
        raise NotYours()


async def office(connection: Connection, _handler: BaseRouteHandler) -> None:
    actor = asking(connection)
    if not (actor.is_office or actor.is_administrator):
        raise NotYours()


async def office_or_coordinator(connection: Connection, _handler: BaseRouteHandler) -> None:
    """The metropolis office, a coordinator of some gmina, or the administrator; the query narrows."""
    actor = asking(connection)
    if not (actor.is_office or actor.is_coordinator or actor.is_administrator):
        raise NotYours()


async def mentor(connection: Connection, _handler: BaseRouteHandler) -> None:
    """A mentor; the query narrows to their own."""
    if not asking(connection).is_mentor:
        raise NotYours()


async def administrator(connection: Connection, _handler: BaseRouteHandler) -> None:
    if not asking(connection).is_administrator:
        raise NotYours()


def scope(name: str) -> Guard:
    """A token has to carry the scope; a browser's session carries all."""

    async def has_scope(connection: Connection, _handler: BaseRouteHandler) -> None:
        if name not in asking(connection).scopes:
            raise MissingScope(name)

    return has_scope


def asking(connection: Connection) -> Actor:
    """Who asks; raises SignInFirst when nobody does."""
    actor = connection.scope.get("user")
    if not isinstance(actor, Actor):
        raise SignInFirst()
    return actor


def must_coordinate(actor: Actor, gmina_id: UUID) -> None:
    """Raises NotYours unless `actor` coordinates this gmina or administers the house."""
    if gmina_id not in actor.coordinates and not actor.is_administrator:
        raise NotYours()
