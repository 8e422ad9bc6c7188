"""Two gminas that sell, and who buys from them: companies, some with lower prices, and people. In Skawina one pays
first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from stdnum.pl import nip

from incubator.db.engine import Database, Tx, transaction
from incubator.invoices.details import BuyerForm, SellerDetails
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.set_seller import set_seller
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.pricing.details import ExtraDetails, ListDetails, RateLine, TariffDetails, TariffWish
from incubator.pricing.draft_list import draft_list
from incubator.pricing.publish_list import publish_list
from incubator.pricing.set_extra import set_extra
from incubator.pricing.set_tariff import set_tariff
from incubator.pricing.states import Category, PaysFirst, Unit
from tests.aid.cast import put_declaration, put_rate
from tests.cast import Cast, Person, acting, person, space

COMPANIES, PEOPLE = 12, 16
ROOMS = 6
"""More in each incubator than the cast has."""
ACCOUNTS = {"niepolomice": "acct_niepolomice", "skawina": "acct_skawina"}
RATES = {"commercial": 10_033, "incubated": 3_071, "resident": 5_047, "ngo": 0}
"""An hour, in grosz that do not come out even."""
DEPOSIT = 20_000

CONNECT = """
INSERT INTO stripe_account (gmina_id, account, charges_since, error, version) VALUES ($1, $2, $3, '', 1)
"""
COMPANY = "INSERT INTO organisation (id, name, kind, nip, gmina_id, version) VALUES ($1, $2, $3, $4, $5, 1)"
MEMBER = "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, $3)"


@dataclass(frozen=True, slots=True)
class Buyer:
    """A person; who buys for an organisation says for which."""

    who: Person
    organisation_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gmina:
    id: UUID
    account: str
    coordinator: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    spaces: Sequence[UUID]
    extras: Sequence[UUID]
    """Of LAS, which has the first half of the spaces."""
    buyers: Sequence[Buyer]
    gminas: Sequence[Gmina]

    @property
    def at_las(self) -> frozenset[UUID]:
        return frozenset(self.spaces[: len(self.spaces) // 2])


async def found(db: Database, cast: Cast, *, now: datetime) -> Town:
    """Everything that is there before anybody comes."""
    gminas = (
        Gmina(id=cast.niepolomice, account=ACCOUNTS["niepolomice"], coordinator=cast.coordinator),
        Gmina(id=cast.skawina, account=ACCOUNTS["skawina"], coordinator=cast.other_coordinator),
    )
    async with transaction(db) as tx:
        # It is paid for, so each time can be had once whatever the weekday: fewer days, more who want the same.
        las = [cast.room_l, *[await space(tx, cast.las, slug=f"p-{n}", capacity=20) for n in range(ROOMS)]]
        rynek = [cast.other_room, *[await space(tx, cast.rynek, slug=f"p-{n}", capacity=20) for n in range(ROOMS)]]
        day = now.astimezone(WARSAW).date()
        await put_rate(tx, day=day - timedelta(days=1))
        for gmina in gminas:
            await tx.execute(CONNECT, gmina.id, gmina.account, now)
        buyers = await _buyers(tx, cast, now)
    await _say_who_is_invoiced(db, cast, buyers, now)
    named = {"name_pl": "Cennik", "act_number": "12/2026", "act_day": day, "in_force_from": day}
    plain = ListDetails(**named, startups_incubated=True, stated="net")
    first = ListDetails(**named, startups_incubated=True, pays_first=PaysFirst.EVERYBODY, due_days=1)
    extra = await _sell(db, gminas[0].coordinator, cast.las, las, plain, now)
    await _sell(db, gminas[1].coordinator, cast.rynek, rynek, first, now)
    return Town(spaces=(*las, *rynek), extras=(extra,), buyers=buyers, gminas=gminas)


async def _buyers(tx: Tx, cast: Cast, now: datetime) -> list[Buyer]:
    """Of each company its owner and a member; startups pay less, which is aid, companies do not."""
    found = []
    numbers = [one for n in range(1_000, 1_100) if nip.is_valid(one := f"52600{n}{nip.checksum(f'52600{n}0')}")]
    for n in range(COMPANIES):
        key = uuid7()
        told = (f"Spółka {n}", "startup" if n % 3 else "company", numbers[n])
        await tx.execute(COMPANY, key, *told, (cast.niepolomice, cast.skawina)[n % 2])
        for role in ("owner", "member"):
            somebody = await person(tx, f"{role}_{n}")
            await tx.execute(MEMBER, key, somebody.id, role)
            found.append(Buyer(somebody, key))
        await put_declaration(tx, organisation=key, by=found[-2].who.id, at=now)
    return found + [Buyer(await person(tx, f"citizen_{n}"), None) for n in range(PEOPLE)]


async def _say_who_is_invoiced(db: Database, cast: Cast, buyers: list[Buyer], now: datetime) -> None:
    year = date(now.year, 1, 1)
    for coordinator, gmina, name, number in (
        (cast.coordinator, cast.niepolomice, "Gmina Niepołomice", "6830010031"),
        (cast.other_coordinator, cast.skawina, "Gmina Skawina", "9441722224"),
    ):
        desk = await acting(db, coordinator)
        async with transaction(db) as tx:
            seller = SellerDetails(from_day=year, name=name, nip=number, line1="Rynek 1")
            await set_seller(tx, actor=desk, gmina_id=gmina, details=seller, seen=None, now=now)
    for buyer in buyers[: 2 * COMPANIES : 2]:
        owner = await acting(db, buyer.who)
        async with transaction(db) as tx:
            number = await tx.fetchval("SELECT nip FROM organisation WHERE id = $1", buyer.organisation_id)
            form = BuyerForm(name="Spółka", nip=number, line1="Leśna 4")
            await set_buyer(tx, actor=owner, organisation_id=buyer.organisation_id, details=form, seen=0, now=now)


async def _sell(
    db: Database, who: Person, incubator: UUID, spaces: list[UUID], details: ListDetails, now: datetime
) -> UUID:
    """A list in force from today, with a deposit in the last of its rooms; the key of its extra."""
    desk = await acting(db, who)
    rates = [RateLine(category=Category(kind), unit=Unit.HOUR, price=price) for kind, price in RATES.items()]
    async with transaction(db) as tx:
        made = await draft_list(tx, actor=desk, incubator_id=incubator, details=details, now=now)
        for sold, deposit in ((spaces[:-1], 0), (spaces[-1:], DEPOSIT)):
            tariff = TariffDetails(name_pl=f"Sale, kaucja {deposit}", deposit=deposit)
            wish = TariffWish(details=tariff, rates=rates, space_ids=sold)
            await set_tariff(tx, actor=desk, list_id=made.id, wish=wish, now=now)
        extra = ExtraDetails(name_pl="Kawa", price=1_537)
        made = await set_extra(tx, actor=desk, list_id=made.id, details=extra, now=now)
        await publish_list(tx, actor=desk, list_id=made.id, now=now)
    return made.extras[0].id
