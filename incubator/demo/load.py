"""Loads the demonstration: the small one by living it through, the large one in bulk."""

from datetime import datetime
from typing import Literal

from incubator.db.engine import Database, raw, session, statement
from incubator.demo.aid import charge_startups
from incubator.demo.aid_ready import ready_for_aid
from incubator.demo.applications import apply_to
from incubator.demo.assessment import judge_applications, offer_one_more
from incubator.demo.build import build
from incubator.demo.cards import pay_by_card
from incubator.demo.companies import show_companies
from incubator.demo.exchanges import exchange
from incubator.demo.free_hours import put_on_paper, take_a_seat
from incubator.demo.invoices import invoice, note_deposits
from incubator.demo.meetings import hold_meetings
from incubator.demo.mentors import meet_mentors
from incubator.demo.money import pay_for_rooms
from incubator.demo.newsletter import write_newsletter
from incubator.demo.outside import read_elsewhere
from incubator.demo.paid_first import pay_first
from incubator.demo.participation import take_part
from incubator.demo.passes import sell_passes
from incubator.demo.plan import visits
from incubator.demo.prices import set_prices
from incubator.demo.programmes import close_editions, found_programmes, start_editions
from incubator.demo.registrations import come_to_sessions
from incubator.demo.replay import replay
from incubator.demo.scenes import beside_the_rivals, close_ahead, close_before, hold_some, scenes
from incubator.demo.settle_in import settle_in
from incubator.demo.weekly import meet_weekly
from incubator.demo.world import world_of
from incubator.kernel.period import WARSAW


async def load(db: Database, *, size: Literal["small", "large"] = "small", now: datetime) -> None:
    """Fill an empty, migrated database, all or nothing: "small" in seconds, "large" (1,000,000
    bookings, for measuring) in minutes."""
    if size == "large":
        from incubator.demo.large import load_large  # nobody else needs it

        await load_large(db, now=now)
        return
    async with session(db) as opened:
        built = await build(opened, today=now.astimezone(WARSAW).date())
        settled = await settle_in(opened, gmina_ids=built.gminas, now=now)
        tx = await raw(opened)
        world = await world_of(tx, built, settled)
        await close_before(tx, world, now=now)
        await replay(tx, world, [*scenes(now), *beside_the_rivals(visits(now), now)], now=now)
        await hold_some(tx, world, now=now)
        await close_ahead(tx, world, now=now)
        await meet_weekly(tx, world, now=now)
        await meet_mentors(tx, world, now=now)
        await ready_for_aid(tx, world, now=now)
        await hold_meetings(tx, world, now=now)
        editions = await found_programmes(tx, world, now=now)
        await apply_to(tx, world, editions, now=now)
        await judge_applications(tx, world, editions, now=now)
        await start_editions(tx, world, editions, now=now)
        await take_part(tx, world, editions, now=now)
        await offer_one_more(tx, world, editions, now=now)
        await close_editions(tx, world, editions, now=now)
        await show_companies(tx, world, now=now)
        held = await exchange(tx, world, editions, now=now)
        await take_a_seat(tx, world, held, now=now)
        await come_to_sessions(tx, held, now=now)
        await write_newsletter(tx, world, now=now)
        await set_prices(tx, world, now=now)
        await charge_startups(tx, world, now=now)
        await put_on_paper(tx, world, now=now)
        await invoice(tx, world, now=now)
        await pay_for_rooms(tx, world, now=now)
        await pay_by_card(tx, world, now=now)
        await pay_first(tx, world, now=now)
        await sell_passes(tx, world, now=now)
        await note_deposits(tx, now=now)
        await read_elsewhere(tx, now=now)


async def is_loaded(db: Database) -> bool:
    """Whether a demonstration, of either size, is in the database."""
    async with statement(db) as tx:
        return bool(await tx.fetchval("SELECT EXISTS (SELECT FROM account WHERE email LIKE '%@demo.invalid')"))
