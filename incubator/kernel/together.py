"""Calls that come while others of the same kind are under way wait for them, and are then done in one go."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Busy(Exception):
    """As many goes are under way as may be, and all of them dawdle. Nothing was done."""


class Together(Generic[T, R]):
    """Does many things for little more than the price of one, and a single thing without a wait.

    `act` gets what has gathered, first come first, at most `most`, and gives a result for each; what
    it raises, everybody of that go is told. One go follows another, for the longer the next one
    gathers the more it is worth; but one that has taken `patience` seconds is no longer waited for.
    When `at_once` of them dawdle, nobody is kept waiting behind them: Busy.
    """

    def __init__(
        self, act: Callable[[list[T]], Awaitable[list[R]]], *, most: int, patience: float, at_once: int
    ) -> None:
        self._act, self._most, self._patience, self._at_once = act, most, patience, at_once
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._late: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Nobody waits, and nothing is under way."""
        return not self._waiting and not self._running

    async def __call__(self, thing: T) -> R:
        """Raises Busy, and what `act` does."""
        if len(self._late) >= self._at_once:
            raise Busy
        told: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, told))
        self._begin()
        return await told

    def _begin(self) -> None:
        """Somebody is waiting, and for nobody that will be ready soon: go."""
        if self._waiting and len(self._late) == len(self._running) < self._at_once:
            # A task of its own: whoever came first may go away, and the others must not go with them.
            task = asyncio.create_task(self._work())
            self._running.add(task)

    async def _work(self) -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        try:
            while gathered := self._gather():
                timer = loop.call_later(self._patience, self._no_longer_wait_for, task)
                try:
                    await self._go(gathered)
                finally:
                    timer.cancel()
                    self._late.discard(task)
        finally:
            self._running.discard(task)

    def _no_longer_wait_for(self, task: "asyncio.Task[None]") -> None:
        self._late.add(task)
        self._begin()
        if len(self._late) >= self._at_once:
            while self._waiting:
                _, told = self._waiting.popleft()
                if not told.done():
                    told.set_exception(Busy())

    def _gather(self) -> list[tuple[T, "asyncio.Future[R]"]]:
        """Whoever has gone away meanwhile is left out."""
        gathered: list[tuple[T, asyncio.Future[R]]] = []
        while self._waiting and len(gathered) < self._most:
            thing, told = self._waiting.popleft()
            if not told.done():
                gathered.append((thing, told))
        return gathered

    async def _go(self, gathered: list[tuple[T, "asyncio.Future[R]"]]) -> None:
        waiting = [told for _, told in gathered]
        try:
            results = await self._act([thing for thing, _ in gathered])
            for told, result in zip(waiting, results, strict=True):
                if not told.done():
                    told.set_result(result)
        except Exception as error:
            for told in waiting:
                if not told.done():
                    told.set_exception(error)
        finally:
            for told in waiting:  # nobody is left behind, whatever ended this
                told.cancel()
