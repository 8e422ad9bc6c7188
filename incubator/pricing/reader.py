"""Who looks, if anybody is signed in."""

from incubator.people.actor import Actor
from incubator.people.forms import Ask


def reader_of(request: Ask) -> Actor | None:
    found = request.scope.get("user")
    return found if isinstance(found, Actor) else None
