"""Who books, pays, wanders off, comes back late, moves and cancels."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from incubator.kernel.period import local_moment
from tests.chaos.client import Client
from tests.chaos.town import Buyer, Town
from tests.stripe_fake.doors import Doors
from tests.stripe_fake.post import BROKEN
from tests.stripe_fake.wrong import Wrong

PAGE = re.compile(r'href="(http://127\.0\.0\.1:\d+/pay/(cs_\w+))"')
METHODS = ("card", "blik", "p24")
POPULAR = 10 * 60
"""The hour that everybody wants, on the clock."""
OVER = frozenset({"cancelled", "declined", "expired"})


@dataclass(frozen=True, slots=True)
class Till:
    """A Checkout page at Stripe that somebody was led to."""

    booking: UUID
    checkout: str
    url: str
    session: str


@dataclass(slots=True, kw_only=True)
class Customer:
    """`stripe` are doors to the fake for what no page of it does: a card that is declined, a slow bank."""

    client: Client
    buyer: Buyer
    town: Town
    days: Sequence[date]
    stripe: Doors
    unpaid: list[UUID] = field(default_factory=list)
    mine: list[UUID] = field(default_factory=list)
    left: list[Till] = field(default_factory=list)

    async def live(self, over: Callable[[], bool]) -> None:
        while not over():
            await self.do_something()

    async def do_something(self) -> None:
        dice = self.client.dice
        match dice.random():
            case roll if roll < 0.44 and self.unpaid:
                await self.pay(self.unpaid.pop(0))
            case roll if roll < 0.48 and self.left:
                await self.pay_late(self.left.pop(0))
            case roll if roll < 0.54 and self.mine:
                await self.cancel(self.mine.pop(dice.randrange(len(self.mine))))
            case roll if roll < 0.60 and self.mine:
                await self.move(dice.choice(self.mine))
            case _:
                await self.book()

    async def book(self) -> None:
        dice, story = self.client.dice, self.client.story
        space = dice.choice(self.town.spaces)
        story.wishes += 1
        wish: dict[str, Any] = {
            "space_id": str(space),
            **self.some_time(),
            "title": f"wish {uuid4()}",
            "organisation_id": str(self.buyer.organisation_id) if self.buyer.organisation_id else None,
            "outright": dice.random() < 0.7,
            "full_price": dice.random() < 0.05,
        }
        if dice.random() < 0.8:
            wish["pay_by"] = "online"
        if space in self.town.at_las and dice.random() < 0.3:
            wish["extras"] = [str(one) for one in self.town.extras]
        answer = await self.client.make("book", "/api/bookings", wish)
        if answer.status_code != 201:
            return
        key = self.note(answer)
        if not wish["outright"]:
            if dice.random() < 0.1:
                return  # a hold that nobody comes back to
            self.note(await self.client.ask("confirm", "POST", f"/api/bookings/{key}/confirm", json={}), key)
        self.unpaid.append(key)
        self.mine.append(key)

    async def pay(self, booking: UUID) -> None:
        charge = await self.charge_of(booking)
        if charge is None:
            return
        if self.client.dice.random() < 0.06:
            self.client.story.transfers.append(UUID(charge["id"]))
            return
        till = await self.to_the_till(booking, charge)
        if till is not None:
            await self.at_the_till(till)

    async def charge_of(self, booking: UUID) -> dict[str, Any] | None:
        """What is to be paid for it, while it is among the latest."""
        told = await self.client.read("charges", "/api/charges?limit=40")
        for one in told["items"] if told else ():
            if one["subject_id"] == str(booking) and one["state"] == "open" and one["outstanding"] > 0:
                found: dict[str, Any] = one
                return found
        return None

    async def to_the_till(self, booking: UUID, charge: dict[str, Any]) -> Till | None:
        """Press the button, and look at the page until it leads to Stripe."""
        page = f"/payments/{charge['id']}"
        answer = await self.client.send_form("pay", page, {"form": "card", "version": "0"})
        if answer.status_code != 303:
            return None
        checkout = answer.headers["location"]
        for _ in range(4):
            shown = await self.client.ask("checkout", "GET", checkout)
            if found := PAGE.search(shown.text):
                return Till(booking, checkout, found[1], found[2])
            await asyncio.sleep(1)
        self.unpaid.append(booking)
        return None

    async def at_the_till(self, till: Till) -> None:
        dice = self.client.dice
        match dice.random():
            case roll if roll < 0.10:
                self.left.append(till)
                return
            case roll if roll < 0.14:
                self.by_the_door(lambda: self.stripe.decline(till.session))
                await self.press(till)
            case roll if roll < 0.18:
                await asyncio.gather(self.press(till), self.cancel(till.booking))
            case roll if roll < 0.22:
                await asyncio.gather(self.press(till), self.press(till))
            case roll if roll < 0.24:
                await asyncio.gather(self.press(till), self.move(till.booking))
            case roll if roll < 0.30:
                self.by_the_door(lambda: self.stripe.pay(till.session, "p24", slow=True))
            case _:
                await self.press(till)
        if dice.random() < 0.5:  # else the window is closed, and the house hears of it otherwise
            await self.client.ask("back", "GET", f"{till.checkout}?done=1")

    async def pay_late(self, till: Till) -> None:
        """With a page that was left open: meanwhile the booking may be anybody's."""
        await self.press(till)

    async def press(self, till: Till) -> None:
        """The button on the page of Stripe. Nobody presses it again where the line broke: they look first."""
        method = self.client.dice.choice(METHODS)
        try:
            answer = await self.client.http.post(till.url, data={"method": method})
        except BROKEN:
            return
        self.client.story.answers["stripe", answer.status_code] += 1
        if answer.status_code == 303:
            self.client.story.paid += 1

    def by_the_door(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Wrong:
            self.client.story.answers["stripe door", "wrong"] += 1

    async def cancel(self, booking: UUID) -> None:
        self.note(await self.client.ask("cancel", "POST", f"/api/bookings/{booking}/cancel", json={}), booking)

    async def move(self, booking: UUID) -> None:
        """To a time that may cost more, or less; then there is something new to pay."""
        dice = self.client.dice
        other = {"space_id": str(dice.choice(self.town.spaces))} if dice.random() < 0.2 else {}
        path, wish = f"/api/bookings/{booking}/reschedule", {**self.some_time(), **other}
        answer = await self.client.ask("move", "POST", path, json=wish)
        self.note(answer, booking)
        if answer.is_success:
            self.unpaid.append(booking)

    def note(self, answer: httpx.Response, booking: UUID | None = None) -> UUID:
        """What the house says of a booking; where it refuses, nothing is known of it any more."""
        story = self.client.story
        if answer.is_success:
            told = answer.json()
            key = UUID(told["id"])
            story.booked[key] = told["state"]
            return key
        assert booking is not None
        return booking

    def some_time(self) -> dict[str, str]:
        """An hour to three, on the hour; at times the hour that everybody wants."""
        dice = self.client.dice
        minutes = POPULAR if dice.random() < 0.1 else 8 * 60 + 60 * dice.randrange(10)
        start = local_moment(dice.choice(self.days), minutes)
        return {"start": start.isoformat(), "end": (start + timedelta(hours=dice.choice((1, 1, 1, 2)))).isoformat()}
