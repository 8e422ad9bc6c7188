"""What the forms of a space's desk do, each by its verb."""

import asyncio
from typing import Any
from uuid import UUID

from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Verb
from incubator.places.add_photo import add_photo
from incubator.places.describe_space import describe_space
from incubator.places.details import SpaceDetails, SpaceRules
from incubator.places.pages.clocks import day_of, week_of
from incubator.places.pages.deeds_incubator import ExceptionForm, JoinedForm, SureForm
from incubator.places.photos import LARGEST, made_afresh
from incubator.places.remove_exception import remove_exception
from incubator.places.remove_photo import remove_photo
from incubator.places.retire_space import retire_space
from incubator.places.set_exception import set_exception
from incubator.places.set_hours import set_space_hours
from incubator.places.set_parts import set_parts
from incubator.places.set_rules import set_rules
from incubator.places.views import SpaceView
from incubator.web.bodies import Body, Line, OptionalLine

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


class AltForm(Body, frozen=True):
    alt_pl: Line
    alt_en: OptionalLine = ""


class PhotoKeyForm(Body, frozen=True):
    photo_id: UUID


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    equipment = list(dict.fromkeys([*typed.many("equipment"), *typed.lines("more_equipment")]))
    await _space(asked, describe_space, details=typed.shaped(SpaceDetails, equipment=equipment))


async def _set_rules(asked: Asked) -> None:
    typed = asked.typed
    given: dict[str, Any] = {name: typed.minutes(name) for name in DURATIONS}
    given |= {name: typed.one(name) == "yes" for name in TICKS}
    given["audience"] = typed.many("audience")
    await _space(asked, set_rules, rules=typed.shaped(SpaceRules, **given))


async def _set_parts(asked: Asked) -> None:
    form = asked.typed.shaped(JoinedForm, parts=asked.typed.many("parts"))
    await _space(asked, set_parts, part_ids=form.parts)


async def _set_week(asked: Asked) -> None:
    await _space(asked, set_space_hours, hours=week_of(asked.typed))


async def _except(asked: Asked) -> None:
    form = asked.typed.shaped(ExceptionForm)
    await _space(asked, set_exception, day=form.day, hours=day_of(asked.typed), note=form.note)


async def _as_usual(asked: Asked) -> None:
    await _space(asked, remove_exception, day=asked.typed.shaped(ExceptionForm).day)


async def _remove_photo(asked: Asked) -> None:
    photo_id = asked.typed.shaped(PhotoKeyForm).photo_id
    await asked.do(remove_photo, photo_id=photo_id)


async def _retire(asked: Asked) -> SpaceView:
    was: SpaceView = asked.place
    asked.typed.shaped(SureForm)
    await _space(asked, retire_space)
    return was


async def _add_photo(asked: Asked) -> SpaceView:
    to: SpaceView = asked.place
    content = await asked.typed.file("photo", most=LARGEST)
    alt = asked.typed.shaped(AltForm)
    picture = await asyncio.to_thread(made_afresh, content)
    await asked.do(add_photo, space_id=to.id, picture=picture, alt_pl=alt.alt_pl, alt_en=alt.alt_en)
    return to


async def _space(asked: Asked, verb: Verb[object], **told: object) -> None:
    """Of the space whose page it is, in the version that was seen."""
    await asked.do(verb, space_id=asked.place.id, seen=asked.typed.seen, **told)


def _back(space: SpaceView) -> str:
    return f"/desk/spaces/{space.id}"


def _up(space: SpaceView) -> str:
    return f"/desk/incubators/{space.incubator_slug}"


SPACE: dict[str, Deed] = {
    "details": Deed(_describe, N_("The space is saved.")),
    "rules": Deed(_set_rules, N_("The rules are saved. Bookings made before stand.")),
    "parts": Deed(_set_parts, N_("The parts are saved. Bookings made before keep the rooms that they took.")),
    "week": Deed(_set_week, N_("The opening hours are saved.")),
    "exception": Deed(_except, N_("The exception is saved.")),
    "as_usual": Deed(_as_usual, N_("The exception is removed: the day is like any other.")),
    "remove_photo": Deed(_remove_photo, N_("The photo is removed.")),
}
RETIRE: dict[str, Deed] = {"retire": Deed(_retire, N_("The space is out of use. Bookings made before stand."), to=_up)}
PHOTOS: dict[str, Deed] = {"photo": Deed(_add_photo, N_("The photo is added."), to=_back)}
