"""Companies for tests: put in place by hand, found by the service's own search."""

import csv
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.details import ProfileDetails
from incubator.directory.entering import enter
from incubator.directory.slugs import free_slug
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.ids import digest, uuid7
from tests.moments import NOW

COMPANIES = Path(__file__).parents[2] / "incubator" / "demo" / "companies.csv"
DETAILS = ProfileDetails(makes_pl="Chleb na zakwasie", makes_en="Sourdough bread", town="Niepołomice")
NIPS = ("6774167210", "6760684036", "5261040828", "1132191233")

PUT = """
INSERT INTO directory_profile (id, slug, organisation_id, gmina_id, name, sort_key, sole_trader, nip, pkd_2007, pkd_2025,
    makes_pl, makes_en, looking_for_pl, looking_for_en, offers_pl, offers_en, town, website, email, phone, state,
    hidden_because, publish_at, source, source_day, confirmed_at, reminders, care_hash, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, '', $15, '', $16, '', $17, $18, $19, $20, $21, $22, 0,
    $23, 1)
"""


async def put_company(
    tx: Tx,
    *,
    gmina: UUID,
    name: str = "Piekarnia Pod Zegarem",
    nip: str | None = NIPS[0],
    organisation: UUID | None = None,
    state: str = "published",
    because: str = "",
    publish_at: datetime | None = None,
    sole_trader: bool = False,
    makes_pl: str = "Chleb na zakwasie",
    makes_en: str = "",
    looking: str = "",
    offers: str = "",
    town: str = "",
    email: str = "piekarnia@example.com",
    pkd_2007: list[str] | None = None,
    pkd_2025: list[str] | None = None,
    confirmed_at: datetime = NOW,
    care: str = "",
) -> UUID:
    """A company, as a register has it where it is of no `organisation`."""
    key = uuid7()
    slug = await free_slug(tx, name=name, key=key)
    source, day = ("", None) if organisation else ("CEIDG", date(2026, 9, 1))
    kept = digest(care) if care else None
    places = (pkd_2007 or [], pkd_2025 or [])
    said = (makes_pl, makes_en, looking, offers, town, email)
    values = (key, slug, organisation, gmina, name, alphabetical(name), sole_trader, nip, *places, *said)
    await tx.execute(PUT, *values, state, because, publish_at, source, day, confirmed_at, kept)
    await enter(tx, [key])
    return key


async def slug_of(tx: Tx, profile_id: UUID) -> str:
    return str(await tx.fetchval("SELECT slug FROM directory_profile WHERE id = $1", profile_id))


def demonstration() -> list[dict[str, str]]:
    """The companies of the demonstration."""
    with COMPANIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
