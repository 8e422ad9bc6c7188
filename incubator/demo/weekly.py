"""A team that meets every week, and two who would like to have one of its times."""

from datetime import datetime, timedelta

from incubator.bookings.join_line import join_line
from incubator.bookings.repeat import repeat
from incubator.bookings.series_rules import Pattern
from incubator.bookings.states import State
from incubator.db.engine import Tx
from incubator.demo.plan import first_workday
from incubator.demo.teams import address
from incubator.demo.world import World


async def meet_weekly(tx: Tx, world: World, *, now: datetime) -> None:
    """Eight weeks in a room of LAS; dates that are taken or closed are left out, with the reason."""
    # After the day that the rivals want the whole house for.
    first = first_workday(now, in_days=14)
    room, asked = world.space("las", "a"), now - timedelta(hours=3)
    made = await repeat(
        tx,
        actor=world.actor(address("Lena Dąbek")),
        space_id=room,
        pattern=Pattern(
            first_day=first, weekdays=(first.isoweekday(),), start_minute=16 * 60, length_minutes=90, count=8
        ),
        organisation_id=world.organisation("Puszcza Robotics"),
        title="Klub robotyków",
        attendees=14,
        now=asked,
    )
    wanted = next(one.period for one in made.occurrences if one.state == State.CONFIRMED)
    for who, of in (("Hanna Zamkowska", "Fundacja Królewskie Ścieżki"), ("Klara Lotna", "Startowy Pas")):
        await join_line(
            tx,
            actor=world.actor(address(who)),
            space_id=room,
            period=wanted,
            organisation_id=world.organisation(of),
            now=asked + timedelta(hours=1),
        )
