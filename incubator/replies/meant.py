"""What one mail means that answers several times: to a series and to dates of it, or twice to one thing. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from incubator.replies.read_mail import Answer
from incubator.replies.states import Says

START = datetime.min.replace(tzinfo=UTC)


class TwoWays(Exception):
    """It declines what it accepts as well: more could be called off than was meant."""


def meant(answers: Iterable[Answer]) -> Sequence[Answer]:
    """Each once, the whole before its dates; nothing of a date that is said of more than it. What is no answer is left
    out. Raises TwoWays."""
    kept: list[Answer] = []
    for one in sorted((each for each in answers if each.says.lower() in set(Says)), key=_widest_first):
        wider = [each for each in kept if _covers(each, one)]
        if not _declines(one) and any(_declines(each) for each in wider):
            raise TwoWays()
        if not any(each.says.lower() == one.says.lower() for each in wider):
            kept.append(one)
    return kept


def _widest_first(one: Answer) -> tuple[bool, bool, datetime, bool]:
    return one.at is not None, not one.and_following, one.at or START, not _declines(one)


def _declines(one: Answer) -> bool:
    return one.says.lower() == Says.DECLINED


def _covers(one: Answer, other: Answer) -> bool:
    """Whether what is said of one is said of the other."""
    if one.at is None or other.at is None:
        return one.at is None
    same = one.at == other.at and one.and_following >= other.and_following
    return same or (one.and_following and one.at < other.at)
