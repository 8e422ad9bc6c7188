"""What the forms of an incubator's desk do, each by its verb."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Verb
from incubator.places.add_desks import add_desks
from incubator.places.add_quota import add_quota
from incubator.places.add_space import add_space
from incubator.places.add_zone import add_zone
from incubator.places.change_quota import change_quota
from incubator.places.describe_incubator import describe_incubator
from incubator.places.details import IncubatorDetails, Kind, QuotaLimits, SpaceDetails, Unit, ZoneNames
from incubator.places.join_rooms import join_rooms
from incubator.places.pages.clocks import day_of, week_of
from incubator.places.remove_exception import remove_exception
from incubator.places.rename_zone import rename_zone
from incubator.places.set_exception import set_exception
from incubator.places.set_hours import set_incubator_hours
from incubator.places.set_status import set_status
from incubator.places.states import Status
from incubator.web.bodies import Body, OptionalLine


class NewSpaceForm(Body, frozen=True):
    """The least that a space is added with; the rest is said on its own page."""

    kind: Kind
    zone_id: UUID | None = None


class JoinedForm(Body, frozen=True):
    parts: Annotated[list[UUID], Meta(max_length=20)]


class StatusForm(Body, frozen=True):
    status: Status


class SureForm(Body, frozen=True):
    """What has consequences that one click should not have is asked for twice."""

    sure: Annotated[str, Meta(pattern="^yes$(?!\n)")]


class DesksForm(Body, frozen=True):
    zone_id: UUID
    count: Annotated[int, Meta(ge=1, le=50)]


class ZoneForm(Body, frozen=True):
    zone_id: UUID


class ExceptionForm(Body, frozen=True):
    day: date
    note: OptionalLine = ""


class QuotaForm(Body, frozen=True):
    """Limits in hours, halves and quarters too."""

    organisation_hours: Annotated[float, Meta(ge=0, le=8784)] | None = None
    person_hours: Annotated[float, Meta(ge=0, le=8784)] | None = None


class UnitForm(Body, frozen=True):
    unit: Unit


class QuotaKeyForm(Body, frozen=True):
    quota_id: UUID


async def _describe(asked: Asked) -> None:
    await _incubator(asked, describe_incubator, details=asked.typed.shaped(IncubatorDetails))


async def _set_status(asked: Asked) -> None:
    status = asked.typed.shaped(StatusForm).status
    if status == Status.CLOSED:
        asked.typed.shaped(SureForm)
    await _incubator(asked, set_status, status=status)


async def _add_space(asked: Asked) -> None:
    form, details = asked.typed.shaped(NewSpaceForm), asked.typed.shaped(SpaceDetails)
    zone_id = form.zone_id if form.kind == "hot_desk" else None
    await asked.do(add_space, incubator_id=asked.place.id, kind=form.kind, zone_id=zone_id, details=details)


async def _join(asked: Asked) -> None:
    form = asked.typed.shaped(JoinedForm, parts=asked.typed.many("parts"))
    await asked.do(
        join_rooms, incubator_id=asked.place.id, part_ids=form.parts, details=asked.typed.shaped(SpaceDetails)
    )


async def _add_zone(asked: Asked) -> None:
    await _incubator(asked, add_zone, names=asked.typed.shaped(ZoneNames))


async def _rename_zone(asked: Asked) -> None:
    zone_id = asked.typed.shaped(ZoneForm).zone_id
    await _incubator(asked, rename_zone, zone_id=zone_id, names=asked.typed.shaped(ZoneNames))


async def _add_desks(asked: Asked) -> None:
    form, names = asked.typed.shaped(DesksForm), asked.typed.shaped(ZoneNames)
    await asked.do(add_desks, incubator_id=asked.place.id, zone_id=form.zone_id, count=form.count, names=names)


async def _set_week(asked: Asked) -> None:
    await _incubator(asked, set_incubator_hours, hours=week_of(asked.typed))


async def _except(asked: Asked) -> None:
    form = asked.typed.shaped(ExceptionForm)
    await _incubator(asked, set_exception, day=form.day, hours=day_of(asked.typed), note=form.note)


async def _as_usual(asked: Asked) -> None:
    await _incubator(asked, remove_exception, day=asked.typed.shaped(ExceptionForm).day)


async def _add_quota(asked: Asked) -> None:
    unit = asked.typed.shaped(UnitForm).unit
    await _incubator(asked, add_quota, unit=unit, limits=_limits(asked))


async def _change_quota(asked: Asked) -> None:
    quota_id = asked.typed.shaped(QuotaKeyForm).quota_id
    await _incubator(asked, change_quota, quota_id=quota_id, limits=_limits(asked))


def _limits(asked: Asked) -> QuotaLimits:
    form = asked.typed.shaped(QuotaForm)
    return asked.typed.shaped(
        QuotaLimits,
        organisation_minutes=_minutes(form.organisation_hours),
        person_minutes=_minutes(form.person_hours),
    )


def _minutes(hours: float | None) -> int | None:
    return None if hours is None else round(hours * 60)


async def _incubator(asked: Asked, verb: Verb[object], **told: object) -> None:
    """Of the incubator whose page it is, in the version that was seen. What only adds takes nothing from
    anybody else's change, and asks for none."""
    await asked.do(verb, incubator_id=asked.place.id, seen=asked.typed.seen, **told)


INCUBATOR: dict[str, Deed] = {
    "details": Deed(_describe, N_("The incubator's details are saved.")),
    "status": Deed(_set_status, N_("The incubator's status is changed.")),
    "space": Deed(_add_space, N_("The space is added. Now set its rules.")),
    "joined": Deed(_join, N_("The joined room is added. Now set its rules.")),
    "zone": Deed(_add_zone, N_("The zone is added.")),
    "rename_zone": Deed(_rename_zone, N_("The zone is renamed.")),
    "desks": Deed(_add_desks, N_("The desks are added.")),
}
HOURS: dict[str, Deed] = {
    "week": Deed(_set_week, N_("The opening hours are saved.")),
    "exception": Deed(_except, N_("The exception is saved.")),
    "as_usual": Deed(_as_usual, N_("The exception is removed: the day is like any other.")),
}
QUOTAS: dict[str, Deed] = {
    "quota": Deed(_add_quota, N_("The quota is added. Name it in the rules of spaces.")),
    "change_quota": Deed(_change_quota, N_("The quota is changed.")),
}
