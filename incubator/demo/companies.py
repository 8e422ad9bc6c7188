"""The directory of the demonstration: specialisations, startups that show themselves, companies that gminas
took over from registers, ambassadors, and one that nobody looked through for long. All made up."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from incubator.db.engine import Tx
from incubator.demo.company_texts import AMBASSADORS, OWN, SPECIALISATIONS
from incubator.demo.settle_in import OFFICE, coordinator_of
from incubator.demo.teams import TEAMS, address
from incubator.demo.world import World
from incubator.directory.ambassadors import name_ambassador
from incubator.directory.apply_import import apply_import
from incubator.directory.check_rows import check_rows
from incubator.directory.come_round import remind_stale, show_waiting, tell_imported
from incubator.directory.describe_profile import describe_profile
from incubator.directory.details import SpecialisationNames
from incubator.directory.keep_specialisations import add_specialisation
from incubator.directory.preview_import import preview_import
from incubator.directory.publish_profile import publish_profile
from incubator.directory.sheet import COLUMNS, read_sheet
from incubator.directory.take_out import ask_to_change

FILE = Path(__file__).with_name("companies.csv")
LATE = frozenset({"liszki"})
"""Whose sole traders were written to only now, and may still object."""
STALE = "Rabata Studio"
ASKED_OF, ASKED_BY = "okna-kocmyrzow", "okna-kocmyrzow@demo.invalid"


async def show_companies(tx: Tx, world: World, *, now: datetime) -> None:
    """In the order in which it came about."""
    office = world.actor(OFFICE)
    for polish, english in SPECIALISATIONS:
        names = SpecialisationNames(name_pl=polish, name_en=english)
        await add_specialisation(tx, actor=office, names=names, now=now - timedelta(days=400))
    await _show_themselves(tx, world, now)
    await _take_over(tx, world, now)
    await remind_stale(tx, now=now - timedelta(days=6))
    await _name_ambassadors(tx, world, now)
    asked = "Od maja mieścimy się w Luborzycy, przy ulicy Szkolnej."
    await ask_to_change(tx, slug=ASKED_OF, kind="correct", message=asked, email=ASKED_BY, now=now - timedelta(days=3))


async def _show_themselves(tx: Tx, world: World, now: datetime) -> None:
    owners = {team.name: address(team.people[0]) for team in TEAMS}
    for name, details in OWN.items():
        when = now - timedelta(days=371 if name == STALE else 40)
        actor, key = world.actor(owners[name]), world.organisation(name)
        await describe_profile(tx, actor=actor, organisation_id=key, details=details, now=when)
        await publish_profile(tx, actor=actor, organisation_id=key, now=when)


async def _take_over(tx: Tx, world: World, now: datetime) -> None:
    gminas: dict[str, list[dict[str, str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            gminas.setdefault(row["gmina"], []).append(row)
    for slug, rows in gminas.items():
        when = now - timedelta(days=2 if slug in LATE else 60)
        actor, found = world.actor(coordinator_of(slug)), check_rows(read_sheet(_file(rows)))
        seen = await preview_import(
            tx,
            actor=actor,
            gmina_id=world.built.gminas[slug],
            found=found,
            source="CEIDG" if slug in LATE else "REGON",
            source_day=when.date(),
            now=when,
        )
        await apply_import(tx, actor=actor, import_id=seen.id, now=when)
        await tell_imported(tx, now=when)
    await show_waiting(tx, now=now)


def _file(rows: list[dict[str, str]]) -> bytes:
    written = StringIO()
    table = csv.DictWriter(written, [name for name in rows[0] if name in COLUMNS], extrasaction="ignore", delimiter=";")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


async def _name_ambassadors(tx: Tx, world: World, now: datetime) -> None:
    for slug, reason in AMBASSADORS.items():
        row = await tx.fetchrow(
            "SELECT profile.id, gmina.slug FROM directory_profile AS profile JOIN gmina ON gmina.id = gmina_id"
            " WHERE profile.slug = $1",
            slug,
        )
        assert row is not None
        actor = world.actor(coordinator_of(row["slug"]))
        await name_ambassador(tx, actor=actor, profile_id=row["id"], reason=reason, now=now - timedelta(days=20))
