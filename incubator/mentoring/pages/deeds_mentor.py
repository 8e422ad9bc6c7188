"""What the forms about a mentor do, each by its verb. `asked.place` is the mentor's profile."""

import asyncio
from datetime import date
from typing import Any, Literal
from uuid import UUID

from litestar.datastructures import UploadFile

from incubator.kernel.errors import N_
from incubator.mentoring.add_contract import add_contract
from incubator.mentoring.change_contract import change_contract
from incubator.mentoring.describe_mentor import describe_mentor
from incubator.mentoring.details import ContractTerms, MeetingRules, MentorDetails
from incubator.mentoring.pages.figures import minutes_typed, money_typed
from incubator.mentoring.pages.hour_fields import hours_typed
from incubator.mentoring.pause_mentor import pause_mentor
from incubator.mentoring.reach import mentor_to_change
from incubator.mentoring.remove_mentor_exception import remove_mentor_exception
from incubator.mentoring.remove_portrait import remove_portrait
from incubator.mentoring.resume_mentor import resume_mentor
from incubator.mentoring.retire_mentor import retire_mentor
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from incubator.mentoring.set_mentor_exception import set_mentor_exception
from incubator.mentoring.set_mentor_week import set_mentor_week
from incubator.mentoring.set_portrait import set_portrait
from incubator.people.forms import Ask, Asked, CheckField, Deed
from incubator.places.photos import LARGEST, made_afresh
from incubator.web.bodies import Body


class DayForm(Body, frozen=True):
    day: date


class ContractKeyForm(Body, frozen=True):
    contract_id: UUID


class SureForm(Body, frozen=True):
    sure: Literal["yes"]


def about(asked: Asked) -> dict[str, Any]:
    """What every verb on a mentor is told: who, which, when, and the version that was seen."""
    return {"actor": asked.actor, "mentor_id": asked.place.id, "seen": asked.typed.seen, "now": asked.now}


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    given = {"languages": typed.many("languages"), "topics": typed.many("topics")}
    await describe_mentor(asked.tx, details=typed.shaped(MentorDetails, **given), **about(asked))


async def _set_rules(asked: Asked) -> None:
    typed = asked.typed
    given: dict[str, Any] = {name: typed.minutes(name) for name in ("break_minutes", "lead_minutes", "cancel_minutes")}
    given["lengths"] = typed.many("lengths")
    await set_meeting_rules(asked.tx, rules=typed.shaped(MeetingRules, **given), **about(asked))


async def _set_week(asked: Asked) -> None:
    await set_mentor_week(asked.tx, week=hours_typed(asked.typed), **about(asked))


async def _except(asked: Asked) -> None:
    day, hours = asked.typed.shaped(DayForm).day, hours_typed(asked.typed, dated=True)
    await set_mentor_exception(asked.tx, day=day, hours=hours, **about(asked))


async def _as_usual(asked: Asked) -> None:
    await remove_mentor_exception(asked.tx, day=asked.typed.shaped(DayForm).day, **about(asked))


async def _remove_portrait(asked: Asked) -> None:
    await remove_portrait(asked.tx, **about(asked))


async def _pause(asked: Asked) -> None:
    await pause_mentor(asked.tx, **about(asked))


async def _resume(asked: Asked) -> None:
    await resume_mentor(asked.tx, **about(asked))


async def _retire(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await retire_mentor(asked.tx, **about(asked))


def _terms(asked: Asked) -> ContractTerms:
    typed = asked.typed
    minutes = minutes_typed(typed, "budget_hours")
    if minutes is None:
        raise CheckField("budget_hours")
    return typed.shaped(ContractTerms, rate_minor=money_typed(typed, "rate"), budget_minutes=minutes)


async def _add_contract(asked: Asked) -> None:
    await add_contract(asked.tx, actor=asked.actor, mentor_id=asked.place.id, terms=_terms(asked), now=asked.now)


async def _change_contract(asked: Asked) -> None:
    key = asked.typed.shaped(ContractKeyForm).contract_id
    await change_contract(asked.tx, contract_id=key, terms=_terms(asked), **about(asked))


async def portrait_deed(request: Ask) -> Deed:
    """The picture that came with the form, read before a transaction is opened."""
    uploaded = (await request.form()).get("photo")
    content = await uploaded.read(LARGEST + 1) if isinstance(uploaded, UploadFile) else b""

    async def show(asked: Asked) -> None:
        if not content:
            raise CheckField("photo")
        await mentor_to_change(asked.tx, actor=asked.actor, mentor_id=asked.place.id, seen=asked.typed.seen)
        picture = await asyncio.to_thread(made_afresh, content)
        await set_portrait(asked.tx, picture=picture, **about(asked))

    return Deed(show, N_("The portrait is saved."))


EDIT: dict[str, Deed] = {
    "details": Deed(_describe, N_("The profile is saved.")),
    "rules": Deed(_set_rules, N_("The rules are saved. Meetings booked before stand.")),
    "remove_portrait": Deed(_remove_portrait, N_("The portrait is removed.")),
}
HOURS: dict[str, Deed] = {
    "week": Deed(_set_week, N_("The week is saved. Meetings booked before stand.")),
    "exception": Deed(_except, N_("The hours of that day are saved.")),
    "as_usual": Deed(_as_usual, N_("That day is like any other again.")),
}
DESK: dict[str, Deed] = {
    "pause": Deed(_pause, N_("The mentor is paused. Meetings booked before stand.")),
    "resume": Deed(_resume, N_("The mentor can be met again.")),
    "retire": Deed(_retire, N_("The mentor has ended. Meetings booked before stand until somebody cancels them.")),
    "add_contract": Deed(_add_contract, N_("The contract is added.")),
    "contract": Deed(_change_contract, N_("The contract is saved.")),
}
