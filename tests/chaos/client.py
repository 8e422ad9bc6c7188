"""A good client: what got no answer it asks again, under the same key where it makes something."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.cast import Person
from tests.chaos.processes import Process
from tests.stripe_fake.post import BROKEN

TRIES = 40


@dataclass(slots=True)
class Story:
    """What the house said, to all."""

    answers: Counter[tuple[str, int | str]] = field(default_factory=Counter)
    booked: dict[UUID, str] = field(default_factory=dict)
    """The state that each booking was told to be in last."""
    wishes: int = 0
    paid: int = 0
    """Checkouts at whose end Stripe said thanks."""
    transfers: list[UUID] = field(default_factory=list)
    """Charges that somebody paid by transfer; the desk counts them."""
    problems: list[str] = field(default_factory=list)

    def table(self) -> str:
        verbs = sorted({verb for verb, _ in self.answers})
        return "\n".join(
            f"{verb:14}"
            + ", ".join(f"{n} × {how}" for (what, how), n in sorted(self.answers.items(), key=str) if what == verb)
            for verb in verbs
        )


@dataclass(slots=True)
class Client:
    """One person's program and browser."""

    who: Person
    servers: Sequence[Process]
    story: Story
    dice: random.Random
    http: httpx.AsyncClient

    async def ask(self, verb: str, method: str, path: str, *, key: str = "", **told: Any) -> httpx.Response:
        """The answer, however often it has to be asked for."""
        headers = {"idempotency-key": key} if key else {}
        headers |= told.pop("headers", {})
        for turn in range(TRIES):
            server = self.dice.choice(self.servers)
            try:
                answer = await self.http.request(method, f"{server.address}{path}", headers=headers, **told)
            except BROKEN as error:
                self.story.answers[verb, type(error).__name__] += 1
                await asyncio.sleep(0.05 * (turn + 1))
                continue
            self.story.answers[verb, answer.status_code] += 1
            if answer.status_code >= 500:
                self.story.problems.append(f"{verb} {path}: {answer.status_code} {answer.text[:300]}")
            return answer
        raise AssertionError(f"nobody answers {verb}")

    async def make(self, verb: str, path: str, wish: dict[str, Any]) -> httpx.Response:
        return await self.ask(verb, "POST", path, key=str(uuid4()), json=wish)

    async def read(self, verb: str, path: str) -> Any:
        answer = await self.ask(verb, "GET", path)
        return answer.json() if answer.is_success else None

    async def send_form(self, verb: str, path: str, form: dict[str, str]) -> httpx.Response:
        if "csrf" not in self.http.cookies:
            await self.ask("page", "GET", "/accessibility")
        return await self.ask(verb, "POST", path, data={"_csrf_token": self.http.cookies["csrf"], **form})


def client_of(who: Person, servers: Sequence[Process], story: Story, dice: random.Random) -> Client:
    http = httpx.AsyncClient(
        headers={"authorization": f"Bearer {who.token}"},
        cookies={"session": who.cookie},
        timeout=60,
        verify=False,
    )
    return Client(who, servers, story, dice, http)
