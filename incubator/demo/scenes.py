"""What ordinary days do not bring by themselves: a rented desk and an office, two rivals for one
evening, a request turned down, a hold that lapsed and one that runs, closures and a block."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from incubator.bookings.block import block
from incubator.bookings.close_over import close_over
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold
from incubator.db.engine import Tx
from incubator.demo.plan import Fate, Visit, first_workday
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, Period, local_days, local_moment


def scenes(now: datetime) -> Iterator[Visit]:
    """Visits that come before the ordinary ones, so that these find their time free."""
    yield from _rivals(now)
    yield from _rentals(now)
    soon = first_workday(now, in_days=6)
    yield Visit(
        who=address("Czesław Forum"),
        organisation="Skawińska Rada Firm",
        venue="kuznia",
        place="prototypownia",
        period=_hours(soon, 9, 12),
        title="Śniadanie przedsiębiorców",
        attendees=8,
        asked=now - timedelta(days=3),
        fate="is_turned_down",
    )


def _rivals(now: datetime) -> Iterator[Visit]:
    """Two teams would like the whole of LAS on the same day; the coordinator has to choose."""
    day = first_workday(now, in_days=10)
    for who, team, title, hours, days_ago in (
        ("Adam Żubrowicz", "Puszcza Robotics", "Dzień otwarty robotyki", (10, 16), 2),
        ("Hanna Zamkowska", "Fundacja Królewskie Ścieżki", "Gminny przegląd rękodzieła", (12, 18), 1),
    ):
        yield Visit(
            who=address(who),
            organisation=team,
            venue="las",
            place="l-a-s",
            period=_hours(day, *hours),
            title=title,
            attendees=90,
            asked=now - timedelta(days=days_ago),
            fate="waits",
        )


def beside_the_rivals(ordinary: Iterable[Visit], now: datetime) -> Iterator[Visit]:
    """The ordinary visits without those to rooms that the rivals want at their time: a request takes
    nothing, and with a meeting in one of the rooms neither could be approved."""
    wanted = [(set(one.place.split("-")), one.period.extended(timedelta(hours=1))) for one in _rivals(now)]
    for visit in ordinary:
        rooms = set(visit.place.split("-")) if visit.venue == "las" else set()
        if not any(
            rooms & theirs and visit.period.extended(timedelta(hours=1)).overlaps(when) for theirs, when in wanted
        ):
            yield visit


def _rentals(now: datetime) -> Iterator[Visit]:
    """A desk for four weeks and an office for two months, both going on; an office asked for."""
    today = now.astimezone(WARSAW).date()
    rentals: tuple[tuple[str, str, str, str, int, int, Fate], ...] = (
        ("Igor Palczak", "Sensoria Lab", "klaster-zablocie", "stanowisko-a", -9, 28, "comes"),
        ("Zofia Wronka", "Sensoria Lab", "klaster-zablocie", "biuro-1", -20, 61, "comes"),
        ("Klara Lotna", "Startowy Pas", "dolina-biznesu", "biuro-1", 14, 92, "waits"),
        ("Olgierd Tokarz", "Iskra CNC", "kuznia", "stanowisko-a", 3, 14, "comes"),
    )
    for who, team, venue, place, starts, days, fate in rentals:
        yield Visit(
            who=address(who),
            organisation=team,
            venue=venue,
            place=place,
            period=local_days(today + timedelta(days=starts), days),
            title="Miejsce dla zespołu",
            attendees=None,
            asked=now + timedelta(days=min(starts, 0) - 10),
            fate=fate,
        )


async def hold_some(tx: Tx, world: World, *, now: datetime) -> None:
    """A hold of this morning that nobody confirmed, and one that somebody is thinking about now."""
    day = first_workday(now, in_days=4)
    # Evenings at the desks, when the ordinary days are over there.
    for who, place, at in (
        ("Lena Dąbek", "biurko-5", now - timedelta(minutes=40)),
        ("Oskar Gałązka", "biurko-6", now - timedelta(minutes=2)),
    ):
        await expire_overdue(tx, now=at)
        await hold(
            tx,
            actor=world.actor(address(who)),
            space_id=world.space("las", place),
            period=_hours(day, 18, 20),
            organisation_id=world.organisation("Puszcza Robotics"),
            title="Praca wieczorem",
            now=at,
        )


async def close_before(tx: Tx, world: World, *, now: datetime) -> None:
    """A day of last week on which a house was closed, announced before anybody booked it."""
    await close_over(
        tx,
        actor=world.coordinator("kuznia"),
        incubator_id=world.incubator("kuznia"),
        period=local_days(first_workday(now, in_days=-7)),
        reason_pl="Coroczny przegląd instalacji gazowej",
        reason_en="Yearly inspection of the gas installation",
        now=now - timedelta(days=40),
    )


async def close_ahead(tx: Tx, world: World, *, now: datetime) -> None:
    """At LAS an afternoon that the town needs for itself, and a morning of works in one room; who had
    booked was written to."""
    desk = world.coordinator("las")
    await close_over(
        tx,
        actor=desk,
        incubator_id=world.incubator("las"),
        period=_hours(first_workday(now, in_days=8), 14, 20),
        reason_pl="Sesja Rady Miejskiej w naszych salach",
        reason_en="The town council meets in our rooms",
        bookings="cancel",
        now=now - timedelta(hours=5),
    )
    await block(
        tx,
        actor=desk,
        space_id=world.space("las", "s"),
        period=_hours(first_workday(now, in_days=2), 8, 11),
        reason="Montaż nowego projektora",
        bookings="cancel",
        now=now - timedelta(hours=2),
    )


def _hours(day: date, start: int, end: int) -> Period:
    return Period(local_moment(day, start * 60), local_moment(day, end * 60))
