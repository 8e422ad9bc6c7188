"""Searching the directory with 50,000 companies in it: whole searches, over one connection, as people type
them."""

import asyncio
import random
import time
from datetime import UTC, datetime
from statistics import median

import asyncpg

from bench.rows import Row
from incubator.db.engine import Tx, open_database, transaction
from incubator.directory.entering import enter
from incubator.directory.search import Wish, find
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.ids import uuid7

COMPANIES, BOUND, TURNS, AT_ONCE = 50_000, 20, 5, 1000

TRADES = (
    "piekarnia chleb bułki zakwas|bakery bread", "stolarnia meble schody drewno|furniture stairs wood",
    "księgowość podatki kadry płace|bookkeeping taxes payroll", "drukarnia plakaty etykiety|printing posters labels",
    "oprogramowanie aplikacje dane|software applications data", "hydraulika ogrzewanie kotły|plumbing heating boilers",
    "transport przewóz magazyn|transport haulage warehouse", "ogrody rośliny trawniki|gardens plants lawns",
    "naprawa samochodów opony|car repair tyres", "kosmetyki fryzjer uroda|cosmetics hairdresser beauty",
    "budowa domów dachy|houses roofs construction", "sery mleko jogurty|cheese milk yoghurt",
    "szkolenia kursy języki|training courses languages", "rehabilitacja masaż zdrowie|physiotherapy massage health",
    "ceramika glina kafle|pottery clay tiles", "robotyka automatyka maszyny|robots automation machines",
    "rowery serwis części|bicycles service parts", "krawiectwo szycie stroje|tailoring sewing costumes",
    "miody pasieka pszczoły|honey apiary bees", "ubezpieczenia kredyty|insurance loans",
    "fotografia filmy reklama|photography films advertising", "catering obiady przyjęcia|catering lunches parties",
    "instalacje elektryczne panele|electrical installations panels", "tłumaczenia umowy|translations contracts",
    "obróbka metali spawanie|metal working welding",
)  # fmt: skip
COMMON = "usługi|dla|klientów|w|całej|Polsce|nowoczesna|jakość|i|szybka|realizacja|zamówień"
PLACES = ("Rynek", "Podgórze", "Zabierzów", "Rudawa", "Bibice", "Gaj", "Podłęże", "Liszki", "Modlnica", "Staniątki")
SYLLABLES = (
    "ba",
    "da",
    "ko",
    "la",
    "ma",
    "ne",
    "pro",
    "ri",
    "sta",
    "tek",
    "wi",
    "zo",
    "bra",
    "cel",
    "dom",
    "eko",
    "fen",
    "gra",
)

TYPED = (
    "piekarnia", "chleb", "oprogramowanie", "rowery", "robotyka",
    "piekarniach", "stolarzy", "księgowością", "drukarnie", "szkoleniami", "kosmetyków", "miodem", "tłumaczeń",
    "piekrania", "ksiegowsc", "oprogramownie", "rehabilitajca", "kosmtyki", "instalcje", "ubezpiecznia",
    "meble drewno", "naprawa opon", "sery mleko", "transport magazyn Zabierzów", "kursy języków Rudawa",
    "ogrody trawnki", "panele elektryczne dachy", "bakery", "software data", "car repair", "welding",
    "usługi", "klientów", "jakość realizacja", "nowoczesna usługa", "xyzzyqwerty", "helikopter", "dom", "a", "",
)  # fmt: skip
WISHES = (
    *(Wish(words=words) for words in TYPED),
    Wish(words="piekarnia", gmina="niepolomice"), Wish(words="usługi", gmina="zielonki"),
    Wish(words="usługi", section="C"), Wish(words="meble", wants="looking"), Wish(gmina="skawina", section="K"),
    Wish(words="usługi", ambassador=True), Wish(words="stolrnia", gmina="wieliczka", wants="offering"),
)  # fmt: skip

PUT = """
INSERT INTO directory_profile (id, slug, gmina_id, name, sort_key, sole_trader, nip, pkd_2025, makes_pl, makes_en, looking_for_pl,
    looking_for_en, offers_pl, offers_en, town, website, email, phone, state, hidden_because, source, source_day, confirmed_at,
    reminders, version)
SELECT id, 'firma-' || id, (SELECT array_agg(id) FROM gmina)[1 + turn % (SELECT count(*)::int FROM gmina)], name, sort_key, false,
    lpad((9000000000 + turn)::text, 10, '0'), ARRAY[pkd], pl, en, looks, '', offers, '', town, '', '', '', 'published', '', 'CEIDG',
    $9, $10, 0, 1
FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $11::text[],
    $12::text[]) AS given (id, turn, name, sort_key, pl, en, looks, offers, town, pkd)
"""


def rows(large: str) -> list[Row]:
    taken = sorted(asyncio.run(_searched(large)))
    p95 = taken[int(len(taken) * 0.95)] * 1000
    return [
        Row(
            f"a search among {COMPANIES:,} companies, {len(WISHES)} wishes, p95 (median {median(taken) * 1000:.1f} ms)",
            f"{p95:.1f} ms",
            f"{BOUND} ms",
            p95,
            BOUND,
            at_most=True,
            unit="ms",
        )
    ]


async def _searched(url: str) -> list[float]:
    async with open_database(url, pool_size=2) as db:
        async with transaction(db) as tx:
            there = await tx.fetchval("SELECT count(*) FROM directory_entry")
        if there < COMPANIES:
            await _fill(db.pool)
        async with db.pool.acquire() as tx:
            return [await _median(tx, wish) for wish in WISHES]


async def _median(tx: Tx, wish: Wish) -> float:
    """What a wish takes once its statements are prepared."""
    taken = []
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        await find(tx, wish=wish)
        taken.append(time.perf_counter() - began)
    return median(taken[1:])


async def _fill(pool: asyncpg.Pool) -> None:
    chosen, now = random.Random(7), datetime.now(UTC)
    async with pool.acquire() as tx:
        await tx.execute("TRUNCATE directory_entry, directory_word")
        await tx.execute("DELETE FROM directory_profile WHERE slug LIKE 'firma-%'")
        for first in range(0, COMPANIES, AT_ONCE):
            some = [_company(turn, chosen) for turn in range(first, first + AT_ONCE)]
            columns = [list(column) for column in zip(*some, strict=True)]
            async with tx.transaction():
                await tx.execute(PUT, *columns[:8], now.date(), now, *columns[8:])
                await enter(tx, columns[0])
        await tx.execute("VACUUM ANALYZE directory_profile, directory_entry, directory_word")


def _company(turn: int, chosen: random.Random) -> tuple[object, ...]:
    polish, english = chosen.choice(TRADES).split("|")
    trade, other = polish.split(), chosen.choice(TRADES).split("|")[0].split()
    own = "".join(chosen.sample(SYLLABLES, 3)).capitalize()
    name = f"{trade[0].capitalize()} {own}" if chosen.random() < 0.4 else f"{own} {chosen.choice(SYLLABLES)}"
    said = [*trade, *chosen.sample(COMMON.split("|"), 6), *chosen.sample(other, 2)]
    chosen.shuffle(said)
    looks = " ".join(chosen.sample(other, 2)) if chosen.random() < 0.5 else ""
    offers = " ".join(chosen.sample(COMMON.split("|"), 4)) if chosen.random() < 0.5 else ""
    pkd = chosen.choice(("10.71.Z", "31.00.Z", "43.21.Z", "47.11.Z", "62.10.B", "69.20.A", "85.59.D", "95.31.Z"))
    town = chosen.choice(PLACES)
    return uuid7(), turn, name, alphabetical(name), " ".join(said), english, looks, offers, town, pkd
