"""Every refusal there is, for those who write programs against the house: docs/errors.md and the
page /docs/errors are this list."""

from collections.abc import Iterator
from dataclasses import dataclass

from incubator.kernel.errors import Refusal
from incubator.web.framework import FRAMEWORK
from incubator.web.problems import status_of


@dataclass(frozen=True, slots=True, order=True)
class Published:
    """A refusal as a program meets it; `sentence` is a msgid with its data in braces."""

    status: int
    code: str
    sentence: str


def published() -> list[Published]:
    """By status, then by code. Complete once every feature is loaded (`incubator.app`)."""
    ours = {kind.code: Published(_status(kind), kind.code, kind.sentence) for kind in kinds()}
    general = {code: Published(status, code, sentence) for status, (code, sentence) in FRAMEWORK.items()}
    return sorted((general | ours).values())


def kinds(family: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every class of refusal that has a code."""
    if family.code:
        yield family
    for kind in family.__subclasses__():
        yield from kinds(kind)


def _status(kind: type[Refusal]) -> int:
    return status_of(kind.__new__(kind))
