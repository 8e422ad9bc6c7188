"""What aid needs before anything is granted: rates of the euro, what companies declare, what free hours are worth in some
gminas. All made up."""

from datetime import date, datetime, timedelta

from incubator.aid.benchmarks import What
from incubator.aid.declare import declare
from incubator.aid.details import BenchmarkDetails, Elsewhere, RateDetails, Size
from incubator.aid.enter_dated import put_rates
from incubator.aid.set_benchmark import set_benchmark
from incubator.db.engine import Tx
from incubator.demo.gminas import gminas
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import TEAMS, address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW

ELSEWHERE = {"Puszcza Robotics": ("Małopolskie Centrum Przedsiębiorczości", 18_400_00)}
BEGAN = timedelta(days=60)
AHEAD = 60
"""Days for which the demonstration knows rates, so that it can be looked at for a while."""
WORTH = {
    "krakow": {
        What.MENTOR: (22_000, "Mediana czterech ofert doradczych z rozeznania rynku, notatka w aktach"),
        What.TRAINING: (7_000, "Mediana cen za osobę trzech szkoleń otwartych w Krakowie, notatka w aktach"),
    },
    "niepolomice": {
        What.MENTOR: (18_000, "Mediana trzech ofert firm doradczych z Krakowa i okolic, notatka w aktach"),
        What.TRAINING: (6_500, "Mediana cen za osobę czterech szkoleń otwartych o tych tematach, notatka w aktach"),
    },
    "wieliczka": {
        What.MENTOR: (16_500, "Stawka eksperta w projektach wojewódzkiej agencji rozwoju"),
        What.TRAINING: (5_900, "Cennik szkoleń izby gospodarczej, cena dla niezrzeszonych"),
    },
}
STREETS = ("ul. Rynkowa 4", "ul. Solna 11", "ul. Leśna 2/7", "ul. Kolejowa 18")


async def ready_for_aid(tx: Tx, world: World, *, now: datetime) -> None:
    """Two months before `now`."""
    began, today = now - BEGAN, now.astimezone(WARSAW).date()
    await put_rates(tx, rates=_rates(began.date() - timedelta(days=10), today + timedelta(days=AHEAD)))
    await _declare(tx, world, began)
    for gmina, prices in WORTH.items():
        desk, gmina_id = world.actor(coordinator_of(gmina)), world.built.gminas[gmina]
        for what, (price, source) in prices.items():
            said = BenchmarkDetails(what=what, since=began.astimezone(WARSAW).date(), price=price, source=source)
            await set_benchmark(tx, actor=desk, gmina_id=gmina_id, details=said, now=began)


def _rates(first: date, last: date) -> list[RateDetails]:
    """A table for each working day, the rate wandering a little."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    working = [day for day in days if day.isoweekday() < 6]
    return [
        RateDetails(day=day, rate=42_400 + (n * 37) % 300, table_number=f"{n + 1}/A/NBP/{day.year}")
        for n, day in enumerate(working)
    ]


async def _declare(tx: Tx, world: World, when: datetime) -> None:
    towns = {one.slug: one.name for one in gminas()}
    for turn, team in enumerate(TEAMS):
        provider, cents = ELSEWHERE.get(team.name, ("", 0))
        day = (when - timedelta(days=200)).date()
        told = [Elsewhere(granted_on=day, provider=provider, amount_cents=cents)] if cents else []
        size: Size = "small" if turn % 4 == 1 else "micro"
        await declare(
            tx,
            actor=world.actor(address(team.people[0])),
            organisation_id=world.organisation(team.name),
            elsewhere=told,
            address=f"{STREETS[turn % len(STREETS)]}, {towns[team.gmina]}",
            size=size,
            now=when,
        )
