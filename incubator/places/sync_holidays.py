"""Keep the public holidays of Poland, as the `holidays` library knows them, Christmas Eve from 2025
on included."""

from collections.abc import Iterable
from datetime import date, datetime

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW

PUT = """
INSERT INTO public_holiday (day, name_pl, name_en)
SELECT * FROM unnest($1::date[], $2::text[], $3::text[])
ON CONFLICT (day) DO UPDATE SET name_pl = excluded.name_pl, name_en = excluded.name_en
"""
DROP = """
DELETE FROM public_holiday WHERE extract(year FROM day) = ANY($1::int[]) AND day <> ALL($2::date[])
"""


async def sync_holidays(tx: Tx, *, years: Iterable[int]) -> int:
    """The holidays of these years as they are known now; how many. Safe to run again and again."""
    wanted = sorted(set(years))
    found = public_holidays(wanted)
    days = [day for day, _, _ in found]
    await tx.execute(DROP, wanted, days)
    await tx.execute(PUT, days, [name for _, name, _ in found], [name for _, _, name in found])
    return len(found)


def years_around(now: datetime) -> range:
    """Last year, for what is looked back at, to four years ahead: past the furthest horizon of a
    space (1100 days)."""
    year = now.astimezone(WARSAW).year
    return range(year - 1, year + 5)


def public_holidays(years: Iterable[int]) -> list[tuple[date, str, str]]:
    """Days with their Polish and English names, in order."""
    import holidays  # loading it takes a tenth of a second, and few processes ask

    wanted = list(years)
    polish = holidays.country_holidays("PL", years=wanted, language="pl")
    english = holidays.country_holidays("PL", years=wanted, language="en_US")
    return [(day, polish[day], english[day]) for day in sorted(polish)]
