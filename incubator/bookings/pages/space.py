"""The page of a space, or of a zone of hot desks: what it is, its week, and a time to choose."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.bookings.hold import hold
from incubator.bookings.pages.collision import is_taken, sentence
from incubator.bookings.pages.keeping import SaidForm
from incubator.bookings.pages.picking import PickForm, alternatives, choices, default_holder, picked
from incubator.bookings.pages.rows import Thing, board, of_space
from incubator.bookings.pages.waiting import waiting
from incubator.bookings.pages.wishes import around, read_clock, read_day, read_moment
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period, monday_of
from incubator.people.actor import Actor
from incubator.people.guards import public
from incubator.places.catalogue import closures_over, quotas_of
from incubator.places.catalogue_spaces import space_by_slugs
from incubator.places.views import ClosureView, QuotaView
from incubator.pricing.queries import InForce, tariff_in_force
from incubator.pricing.sheet import sheet_of
from incubator.web.bodies import read_form
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.problems import status_of

Asked = Request[Any, Any, Any]
NOTHING: Mapping[str, str] = {}


@get("/incubators/{slug:str}/{space_slug:str}", guards=[public])
async def show_space(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    slug: FromPath[str],
    space_slug: FromPath[str],
) -> Response[str]:
    """`?date=`, `?start=` and `?end=` choose a time beforehand; asked for by a script, only the form."""
    async with statement(db) as tx:
        thing = of_space(await space_by_slugs(tx, incubator=slug, space=space_slug))
    return await show_thing(request, db, thing, now=now)


@post("/incubators/{slug:str}/{space_slug:str}/hold", guards=[public], status_code=303)
async def hold_space(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    slug: FromPath[str],
    space_slug: FromPath[str],
) -> Response[Any]:
    """Hold the time and go on to say what it is for. A stranger signs in first and comes back to
    the same choice."""
    form = await read_form(request, SaidForm)
    async with statement(db) as tx:
        thing = of_space(await space_by_slugs(tx, incubator=slug, space=space_slug))
    if not isinstance(request.user, Actor):
        return sign_in_first(thing, form)
    actor: Actor = request.user
    start, end = read_moment(form.start), read_moment(form.end)
    try:
        period = picked(start, end)
        booking = await attempt(
            db,
            lambda tx: hold(
                tx,
                actor=actor,
                space_id=thing.spaces[0].id,
                period=period,
                organisation_id=form.organisation_id,
                title=form.title,
                note=form.note,
                attendees=form.attendees,
                now=now,
            ),
            bare=True,
        )
    except Refusal as refusal:
        return await show_refused(request, db, thing, form, refusal, now=now)
    return Redirect(f"/bookings/{booking.id}/confirm", status_code=303)


async def show_thing(request: Asked, db: Database, thing: Thing, *, now: datetime) -> Response[str]:
    """The page, or for a script the form alone."""
    query = request.query_params
    day = read_day(query.get("date"), now=now)
    actor = request.user if isinstance(request.user, Actor) else None
    return await _show(
        request,
        db,
        thing,
        day=day,
        start=read_moment(query.get("start")) or read_clock(query.get("at"), day=day),
        end=read_moment(query.get("end")),
        holder=default_holder(actor, thing),
        now=now,
    )


async def show_refused(
    request: Asked, db: Database, thing: Thing, form: PickForm, refusal: Refusal, *, now: datetime
) -> Response[str]:
    """The page with what was chosen, why it cannot be, and what can; what was said goes along."""
    start, end = read_moment(form.start), read_moment(form.end)
    return await _show(
        request,
        db,
        thing,
        day=read_day(form.date, now=now),
        start=start,
        end=end,
        holder=form.organisation_id,
        typed=form.fields(thing) if isinstance(form, SaidForm) else {},
        refusal=refusal,
        now=now,
    )


def sign_in_first(thing: Thing, form: PickForm) -> Response[Any]:
    """To the door, and from there back to what was chosen."""
    chosen = urlencode([("date", form.date), ("start", form.start), ("end", form.end)])
    return Redirect("/sign-in?" + urlencode({"next": f"{thing.address}?{chosen}#book"}), status_code=303)


async def _show(
    request: Asked,
    db: Database,
    thing: Thing,
    *,
    day: date,
    start: datetime | None,
    end: datetime | None,
    holder: UUID | None,
    now: datetime,
    typed: Mapping[str, str] = NOTHING,
    refusal: Refusal | None = None,
) -> Response[str]:
    actor = request.user if isinstance(request.user, Actor) else None
    wanted = Period(start, end) if start and end and start < end else None
    async with statement(db) as tx:
        choice = await choices(tx, thing, day=day, actor=actor, now=now, start=start, end=end, holder=holder)
        taken = is_taken(refusal, choice, wanted)
        free = await alternatives(tx, thing, wanted, choice, now=now) if taken and wanted else []
        shown = None if _for_script(request) else await board(tx, [thing], monday=monday_of(day), now=now)
        closures = await _closures(tx, thing, now=now) if shown else []
        quota = await _quota(tx, thing) if shown else None
        charged = await _charged(tx, thing, now=now) if shown else None
    return page(
        request,
        "bookings/space.html" if shown else "bookings/panel.html",
        status=status_of(refusal) if refusal else 200,
        thing=thing,
        choice=choice,
        waiting=waiting(choice, start=start, end=end, now=now),
        board=shown,
        closures=closures,
        quota=quota,
        charged=charged,
        sheet=sheet_of(charged.tariff, texts_of(request)) if charged else None,
        problem=sentence(request, refusal, taken) if refusal else "",
        typed=typed,
        taken=taken,
        wanted=wanted,
        alternatives=free,
        keep="",
        **around(day, now=now),
    )


async def _closures(tx: Tx, thing: Thing, *, now: datetime) -> list[ClosureView]:
    """Those that take hours from it: its own, its parts', and those of the house or the gmina."""
    one = thing.spaces[0]
    own = {key for space in thing.spaces for key in (space.id, *space.parts)}
    found = await closures_over(tx, gmina_id=one.gmina_id, incubator_id=one.incubator_id, now=now)
    return [closure for closure in found if closure.space_id is None or closure.space_id in own]


async def _quota(tx: Tx, thing: Thing) -> QuotaView | None:
    """What limits how much one may book here, if anything does."""
    if thing.rules.quota_id is None:
        return None
    found = await quotas_of(tx, incubator_id=thing.spaces[0].incubator_id)
    return next((one for one in found if one.id == thing.rules.quota_id), None)


async def _charged(tx: Tx, thing: Thing, *, now: datetime) -> InForce | None:
    """What it costs by the list in force today; desks of a zone are priced as its first one."""
    one = thing.spaces[0]
    today = now.astimezone(WARSAW).date()
    return await tariff_in_force(tx, incubator_id=one.incubator_id, space_id=one.id, today=today)


def _for_script(request: Asked) -> bool:
    return request.headers.get("hx-request") == "true"


handlers = [show_space, hold_space]
