"""Two people do not write over each other: a thing carries its version, whoever changes it says
which version they saw, and the change is refused when another came in between (RFC 9110, 13.1.1).

Programs say it as `If-Match` with the `ETag` they got; forms carry it in a hidden field.
"""

from typing import Annotated, TypeVar

from litestar import Response
from litestar.params import HeaderParameter

from incubator.kernel.errors import N_, Invalid, Stale

T = TypeVar("T")

IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", description='The ETag that was read, such as "3"; * for whatever is there.'),
]
"""Declare it as a handler's argument `if_match: IfMatch = None`, then ask `seen_version(if_match)`."""


class IfMatchRequired(Invalid):
    """A change of something shared that does not say which version was seen."""

    code = "if_match_required"
    sentence = N_("Send the ETag that you read as If-Match, so that nobody's change is lost.")


class ChangedMeanwhile(Stale):
    """Somebody else changed the thing after it was read. `current` is the version it has now."""

    code = "changed_meanwhile"
    sentence = N_("Somebody else changed this in the meantime. Look at it again, then repeat your change.")

    def __init__(self, current: int | None = None) -> None:
        super().__init__()
        self.current = current


def etag(version: int) -> str:
    """The ETag of a thing at this version."""
    return f'"{version}"'


def tagged(thing: T, version: int, *, status: int = 200) -> Response[T]:
    """An answer that carries its ETag. Not kept by caches in between: it may depend on who asks."""
    return Response(thing, status_code=status, headers={"ETag": etag(version), "Cache-Control": "no-cache"})


def seen_version(if_match: str | None) -> int | None:
    """The version that `If-Match` names; None for `*`, which means whatever is there.

    Raises IfMatchRequired when the header is missing, ChangedMeanwhile when it is no tag of ours (a
    weak one, say), for such a tag matches nothing.
    """
    if if_match is None or not if_match.strip():
        raise IfMatchRequired()
    tag = if_match.strip()
    if tag == "*":
        return None
    digits = tag[1:-1]
    if not (len(tag) > 2 and tag[0] == tag[-1] == '"' and digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ChangedMeanwhile()
    return int(digits)


def must_be_current(current: int, seen: int | None) -> None:
    """Raises ChangedMeanwhile unless `seen` is the version that the thing has now, read under a row
    lock in the transaction of the change. None has seen whatever is there."""
    if seen is not None and seen != current:
        raise ChangedMeanwhile(current)
