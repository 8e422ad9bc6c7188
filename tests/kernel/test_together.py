"""Things that gather while others are under way are done in one go, and nobody is left behind."""

import asyncio

import pytest

from incubator.kernel.together import Busy, Together

Gate = asyncio.Event


class Desk:
    """Does what it is given when its gates open, one gate a go; keeps what each go was given."""

    def __init__(self, *gates: Gate) -> None:
        self.gates, self.goes = list(gates), []  # type: ignore[var-annotated]

    async def __call__(self, things: list[int]) -> list[int]:
        self.goes.append(things)
        if self.gates:
            await self.gates.pop(0).wait()
        return [thing * 10 for thing in things]


def together(desk: Desk, *, most: int = 8, patience: float = 60, at_once: int = 2) -> Together[int, int]:
    return Together(desk, most=most, patience=patience, at_once=at_once)


async def asked(counter: Together[int, int], *things: int) -> list["asyncio.Task[int]"]:
    tasks = [asyncio.create_task(counter(thing)) for thing in things]
    await asyncio.sleep(0.01)
    return tasks


async def test_a_single_thing_does_not_wait_and_what_comes_meanwhile_goes_together() -> None:
    gate = Gate()
    desk = Desk(gate)
    counter = together(desk)
    first = await asked(counter, 1)
    later = await asked(counter, 2, 3, 4)
    assert desk.goes == [[1]]
    gate.set()
    assert await asyncio.gather(*first, *later) == [10, 20, 30, 40]
    assert desk.goes == [[1], [2, 3, 4]]


async def test_it_is_idle_while_nobody_waits_or_is_seen_to() -> None:
    gate = Gate()
    counter = together(Desk(gate))
    assert counter.is_idle
    tasks = await asked(counter, 1, 2)
    assert not counter.is_idle
    gate.set()
    assert await asyncio.gather(*tasks) == [10, 20]
    await asyncio.sleep(0)
    assert counter.is_idle


async def test_a_go_takes_so_many_and_in_the_order_they_came() -> None:
    gate = Gate()
    desk = Desk(gate)
    counter = together(desk, most=3)
    tasks = [*await asked(counter, 0), *await asked(counter, *range(1, 8))]
    gate.set()
    assert await asyncio.gather(*tasks) == [10 * turn for turn in range(8)]
    assert desk.goes == [[0], [1, 2, 3], [4, 5, 6], [7]]


async def test_a_go_that_dawdles_is_not_waited_for() -> None:
    slow = Gate()
    desk = Desk(slow)
    counter = together(desk, patience=0.02, at_once=2)
    tasks = [*await asked(counter, 1), *await asked(counter, 2)]
    assert await tasks[1] == 20
    assert not tasks[0].done()
    slow.set()
    assert await tasks[0] == 10


async def test_behind_goes_that_all_dawdle_nobody_is_kept_waiting() -> None:
    slow, slower, then = Gate(), Gate(), Gate()
    then.set()
    desk = Desk(slow, slower, then)
    counter = together(desk, patience=0.05, at_once=2)
    tasks = await asked(counter, 1)
    await asyncio.sleep(0.1)
    tasks += [*await asked(counter, 2), *await asked(counter, 3)]
    with pytest.raises(Busy):
        await tasks[2]  # was waiting when the last one became late
    with pytest.raises(Busy):
        await counter(4)
    assert desk.goes == [[1], [2]]
    slower.set()
    assert await tasks[1] == 20
    assert await counter(5) == 50
    slow.set()
    assert await tasks[0] == 10


async def test_after_a_late_go_things_are_done_one_after_the_other_again() -> None:
    slow, then = Gate(), Gate()
    desk = Desk(slow, then)
    counter = together(desk, patience=0.1)
    first = await asked(counter, 1)
    await asyncio.sleep(0.15)
    slow.set()
    await asyncio.gather(*first)
    tasks = [*await asked(counter, 2), *await asked(counter, 3, 4)]
    assert desk.goes == [[1], [2]]
    then.set()
    assert await asyncio.gather(*tasks) == [20, 30, 40]


async def test_what_a_go_raises_all_of_it_are_told_and_the_next_is_well() -> None:
    gate, fails = Gate(), [True, False]

    async def act(things: list[int]) -> list[int]:
        await gate.wait()
        if fails.pop(0):
            raise ConnectionError("gone")
        return things

    counter = Together(act, most=2, patience=60, at_once=1)
    tasks = await asked(counter, 1, 2, 3)
    gate.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in told[:2]] == [ConnectionError, ConnectionError]
    assert told[2] == 3


async def test_a_go_that_answers_for_too_few_leaves_nobody_waiting() -> None:
    async def act(things: list[int]) -> list[int]:
        return things[:-1]

    tasks = await asked(Together(act, most=8, patience=60, at_once=1), 1, 2, 3)
    assert [type(one) for one in (await asyncio.gather(*tasks, return_exceptions=True))[2:]] == [ValueError]


async def test_who_goes_away_while_waiting_is_left_out_and_who_goes_away_first_takes_nobody_along() -> None:
    gate = Gate()
    desk = Desk(gate)
    counter = together(desk)
    first = (await asked(counter, 1))[0]
    second, third = await asked(counter, 2, 3)
    first.cancel()
    second.cancel()
    gate.set()
    assert await third == 30
    assert desk.goes == [[1], [3]]
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await counter(4) == 40
