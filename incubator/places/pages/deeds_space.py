"""What the forms of a space's desk do, each by its verb."""

from typing import Any
from uuid import UUID

from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.places.describe_space import describe_space
from incubator.places.details import SpaceDetails, SpaceRules
from incubator.places.pages.clocks import day_of, week_of
from incubator.places.pages.deeds_incubator import ExceptionForm, JoinedForm, SureForm
from incubator.places.remove_exception import remove_exception
from incubator.places.remove_photo import remove_photo
from incubator.places.retire_space import retire_space
from incubator.places.set_exception import set_exception
from incubator.places.set_hours import set_space_hours
from incubator.places.set_parts import set_parts
from incubator.places.set_rules import set_rules
from incubator.web.bodies import Body

DURATIONS = (
    "grid_minutes",
    "shortest_minutes",
    "longest_minutes",
    "lead_minutes",
    "turnaround_minutes",
    "cancel_minutes",
    "hold_minutes",
)
TICKS = ("needs_approval", "pending_blocks", "local_only", "closed_on_holidays")


class PhotoKeyForm(Body, frozen=True):
    photo_id: UUID


def about(asked: Asked) -> dict[str, Any]:
    """What every verb on a space is told: who, which, when, and the version that was seen."""
    return {"actor": asked.actor, "space_id": asked.place.id, "seen": asked.typed.seen, "now": asked.now}


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    equipment = list(dict.fromkeys([*typed.many("equipment"), *typed.lines("more_equipment")]))
    await describe_space(asked.tx, details=typed.shaped(SpaceDetails, equipment=equipment), **about(asked))


async def _set_rules(asked: Asked) -> None:
    typed = asked.typed
    given: dict[str, Any] = {name: typed.minutes(name) for name in DURATIONS}
    given |= {name: typed.one(name) == "yes" for name in TICKS}
    given["audience"] = typed.many("audience")
    await set_rules(asked.tx, rules=typed.shaped(SpaceRules, **given), **about(asked))


async def _set_parts(asked: Asked) -> None:
    form = asked.typed.shaped(JoinedForm, parts=asked.typed.many("parts"))
    await set_parts(asked.tx, part_ids=form.parts, **about(asked))


async def _set_week(asked: Asked) -> None:
    await set_space_hours(asked.tx, hours=week_of(asked.typed), **about(asked))


async def _except(asked: Asked) -> None:
    form = asked.typed.shaped(ExceptionForm)
    await set_exception(asked.tx, day=form.day, hours=day_of(asked.typed), note=form.note, **about(asked))


async def _as_usual(asked: Asked) -> None:
    await remove_exception(asked.tx, day=asked.typed.shaped(ExceptionForm).day, **about(asked))


async def _remove_photo(asked: Asked) -> None:
    photo_id = asked.typed.shaped(PhotoKeyForm).photo_id
    await remove_photo(asked.tx, actor=asked.actor, photo_id=photo_id, now=asked.now)


async def _retire(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await retire_space(asked.tx, **about(asked))


SPACE: dict[str, Deed] = {
    "details": Deed(_describe, N_("The space is saved.")),
    "rules": Deed(_set_rules, N_("The rules are saved. Bookings made before stand.")),
    "parts": Deed(_set_parts, N_("The parts are saved. Bookings made before keep the rooms that they took.")),
    "week": Deed(_set_week, N_("The opening hours are saved.")),
    "exception": Deed(_except, N_("The exception is saved.")),
    "as_usual": Deed(_as_usual, N_("The exception is removed: the day is like any other.")),
    "remove_photo": Deed(_remove_photo, N_("The photo is removed.")),
}
RETIRE: dict[str, Deed] = {"retire": Deed(_retire, N_("The space is out of use. Bookings made before stand."))}
