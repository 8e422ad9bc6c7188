"""What the navigation shows as the part of the house that one is in."""

import re
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from incubator.db.engine import Database
from tests.cast import Cast, Person
from tests.roles.world import in_niepolomice

Visit = Callable[..., httpx.AsyncClient]


async def parts(browser: httpx.AsyncClient, path: str) -> set[str]:
    """The addresses that are marked as current, in the navigation for wide and for narrow windows."""
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text[:300]
    navigation = answer.text[answer.text.index('<header class="top">') : answer.text.index("</header>")]
    return set(re.findall(r'<a href="([^"]+)" aria-current', navigation))


@pytest.mark.parametrize(
    ("name", "part"),
    [("member", "/bookings"), ("owner", "/bookings"), ("coordinator", "/desk"), ("administrator", "/desk")],
)
async def test_a_booking_belongs_to_the_desk_for_who_runs_the_place(
    visit: Visit, cast: Cast, db: Database, name: str, part: str
) -> None:
    who: Person = getattr(cast, name)
    world = replace(in_niepolomice(db, cast, who), holder=who if part == "/bookings" else cast.member)
    booking, series = await world.booking(), await world.series()
    for path in (f"/bookings/{booking.id}", f"/bookings/{booking.id}/move", f"/bookings/series/{series}"):
        assert await parts(visit(who), path) == {part}, path


async def test_ones_own_booking_is_ones_own_at_the_desk_as_well(visit: Visit, cast: Cast, db: Database) -> None:
    world = replace(in_niepolomice(db, cast, cast.coordinator), holder=cast.coordinator)
    booking = await world.booking()
    assert await parts(visit(cast.coordinator), f"/bookings/{booking.id}") == {"/bookings"}
    assert await parts(visit(cast.coordinator), "/desk") == {"/desk"}
    assert await parts(visit(cast.coordinator), "/me") == {"/me"}
