"""The desks: they count transfers, give back what came too much and deposits, and call bookings off."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tests.chaos.client import Client
from tests.chaos.town import Gmina


@dataclass(slots=True)
class Desk:
    client: Client
    gmina: Gmina
    today: date

    async def live(self, over: Callable[[], bool]) -> None:
        while not over():
            await self.count_transfers(share=0.15)
            await self.give_back()
            await self.settle_deposits()
            await self.call_off_one()
            await asyncio.sleep(2)

    async def count_transfers(self, *, share: float) -> None:
        """Of this gmina; what is another's is left to it. A bank takes its time, so some come late."""
        for charge in list(self.client.story.transfers):
            if self.client.dice.random() >= share:
                continue
            told = await self.client.read("charge", f"/api/charges/{charge}")
            if told is not None and charge in self.client.story.transfers:
                self.client.story.transfers.remove(charge)
                await self.count(told["charge"])

    async def count(self, charge: dict[str, Any]) -> None:
        """What is asked for, also where it came by card meanwhile: who pays does not look twice. The version says
        whether it was counted before, should no answer come."""
        total = charge["net"] + charge["vat"] + charge["deposit"]
        body = {"amount": total, "received_on": self.today.isoformat(), "reference": "przelew"}
        await self.change("transfer", charge, "transfers", body)

    async def give_back(self) -> None:
        for charge in await self.charges("surplus"):
            await self.change("give back", charge, "give-back", {})

    async def settle_deposits(self) -> None:
        for charge in await self.charges("deposit"):
            keep = self.client.dice.choice((0, 0, 5_000))
            body = {"keep": keep, "reason": "Zbita szyba" if keep else ""}
            if self.client.dice.random() < 0.3:
                await self.change("deposit", charge, "deposit", body)

    async def call_off_one(self) -> None:
        booked = self.client.story.booked
        live = [key for key, state in list(booked.items())[-200:] if state == "confirmed"]
        if live:
            key = self.client.dice.choice(live)
            path, body = f"/api/bookings/{key}/cancel", {"reason": "Remont"}
            answer = await self.client.ask("call off", "POST", path, json=body)
            if answer.is_success:
                booked[key] = "cancelled"

    async def charges(self, which: str) -> list[dict[str, Any]]:
        told = await self.client.read("desk", f"/api/charges/desk?gmina={self.gmina.id}&which={which}&limit=100")
        found: list[dict[str, Any]] = told["items"] if told else []
        return found

    async def change(self, verb: str, charge: dict[str, Any], deed: str, body: dict[str, Any]) -> None:
        seen = {"if-match": f'"{charge["version"]}"'}
        path = f"/api/charges/{charge['id']}/{deed}"
        await self.client.ask(verb, "POST", path, json=body, headers=seen)

    async def send_back(self, refunds: Sequence[UUID]) -> None:
        """By the bank."""
        for refund in refunds:
            body = {"done_on": self.today.isoformat(), "reference": "zwrot"}
            await self.client.ask("send back", "POST", f"/api/refunds/{refund}/done", json=body)
