"""Loads the large house by the bulk path: COPY, with every constraint on."""

from datetime import datetime

from incubator.db.engine import Database, raw, session, statement
from incubator.demo.large.bookings import PATIENCE, copy_bookings
from incubator.demo.large.derived import DERIVED
from incubator.demo.large.people import make_people
from incubator.demo.large.places import make_places

TABLES = ("booking", "occupancy", "history", "version", "quota_use", "space", "space_resource", "account", "api_token")


async def load_large(db: Database, *, spaces: int = 200, bookings: int = 1_000_000, now: datetime) -> None:
    """Fill an empty, migrated database, all or nothing. The same arguments make the same bookings.

    Raises ValueError when so many bookings do not fit into so few spaces.
    """
    async with session(db) as opened:
        places = await make_places(opened, spaces=spaces)
        gmina_ids = sorted({spot.house.gmina_id for spot in places})
        holders = await make_people(opened, gmina_ids=gmina_ids, now=now)
        tx = await raw(opened)
        await copy_bookings(tx, places, holders, bookings=bookings, now=now)
        for fill in DERIVED:
            await tx.execute(fill, timeout=PATIENCE)
    # Outside of a transaction, as VACUUM wants it: the visibility map makes index-only reads real.
    async with statement(db) as tx:
        await tx.execute("SET maintenance_work_mem = '256MB'")
        for table in TABLES:
            await tx.execute(f"VACUUM (ANALYZE) {table}", timeout=PATIENCE)
        await tx.execute("RESET maintenance_work_mem")
