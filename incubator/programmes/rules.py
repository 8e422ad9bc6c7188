"""What is true of editions without asking the database."""

from datetime import date, datetime

from incubator.kernel.errors import N_, Invalid
from incubator.programmes.states import EditionState, Phase

MINUTES = frozenset({"room_minutes", "mentor_minutes"})
"""Perks that are counted in minutes and told in hours."""

BY_STATE = {EditionState.DRAFT: Phase.DRAFT, EditionState.RUNNING: Phase.RUNNING, EditionState.CLOSED: Phase.OVER}


class EditionDaysCross(Invalid):
    """An edition that ends before it starts."""

    code = "edition_days_cross"
    sentence = N_("An edition ends on or after the day on which it starts.")


class DemoDayOutside(Invalid):
    """A demo day before the edition has begun."""

    code = "demo_day_outside"
    sentence = N_("The demo day is not before the first day of the edition.")


class TermsInThePast(Invalid):
    """Terms that should have been in force before anybody could read them. `today` is in Warsaw."""

    code = "terms_in_the_past"
    sentence = N_("Terms are in force from today ({today}) at the earliest: nobody could have read them before.")

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today


class TermsOutOfOrder(Invalid):
    """A later version that would be in force before the one that it follows."""

    code = "terms_out_of_order"
    sentence = N_("The version before this one is in force from {day}. The new one cannot be in force earlier.")

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


class PerkIncomplete(Invalid):
    """A perk without an amount, or something else without words. `position` counts from 1."""

    code = "perk_incomplete"
    sentence = N_("Perk {position}: give an amount; or, for something else, a name and no amount.")

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position


def phase_of(
    *,
    state: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
) -> Phase:
    """Where an edition stands; the times are those of its call, None where none is published."""
    if state in BY_STATE:
        return BY_STATE[EditionState(state)]
    if opens_at is None or closes_at is None:
        return Phase.COMING
    if now < opens_at:
        return Phase.CALL_COMING
    return Phase.CALL_OPEN if now < closes_at else Phase.ASSESSED


def check_days(*, starts_on: date, ends_on: date, demo_day: date | None) -> None:
    """Raises EditionDaysCross, DemoDayOutside."""
    if ends_on < starts_on:
        raise EditionDaysCross()
    if demo_day is not None and demo_day < starts_on:
        raise DemoDayOutside()


def check_terms(*, in_force_from: date, today: date, before: date | None) -> None:
    """`before` is the day of the version before. Raises TermsInThePast, TermsOutOfOrder."""
    if in_force_from < today:
        raise TermsInThePast(today)
    if before is not None and in_force_from < before:
        raise TermsOutOfOrder(before)


def check_perk(*, position: int, kind: str, amount: int | None, named: bool) -> None:
    """Raises PerkIncomplete."""
    if (kind == "other") != (amount is None) or (kind == "other" and not named):
        raise PerkIncomplete(position)


def in_force(days: list[tuple[int, date]], *, today: date) -> int | None:
    """The version that counts on a day: the last one whose day has come, else the first to come.
    `days` are versions with their days, the oldest first."""
    come = [version for version, day in days if day <= today]
    return come[-1] if come else (days[0][0] if days else None)
