"""What the public sees of a block and reads of a closure."""

from collections.abc import Callable
from datetime import date

import httpx
import pytest

from incubator.db.engine import Database
from tests.bookings.test_block import put
from tests.bookings.test_close_over import shut
from tests.cast import Cast
from tests.moments import TUESDAY, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
PARTS = ("", "/l", "/a", "/l-a", "/zones/strefa", "/office")


async def test_the_public_sees_a_block_as_taken_and_not_why(visit: Visit, cast: Cast, db: Database) -> None:
    await put(db, cast.coordinator, cast.room_s, tuesday("8:00", "20:00"))
    for path in ("/incubators/las", "/incubators/las/s"):
        text = (await visit().get(f"{path}?date=2026-09-08&lang=en")).text
        assert "taken" in text and "/incubators/las/s?date=2026-09-08&start=" not in text
        assert "Malowanie" not in text


@pytest.mark.parametrize(
    ("scope", "pages"),
    [
        ("gmina", set(PARTS)),
        ("incubator", set(PARTS)),
        ("room_l", {"", "/l", "/l-a"}),
        ("room_la", {"", "/l-a"}),
        ("desk", {"", "/zones/strefa"}),
    ],
)
async def test_the_public_reads_why_it_is_closed_where_it_concerns_them(
    visit: Visit, cast: Cast, db: Database, scope: str, pages: set[str]
) -> None:
    named = {
        "gmina": {"gmina_id": cast.niepolomice},
        "incubator": {"incubator_id": cast.las},
        "room_l": {"space_id": cast.room_l},
        "room_la": {"space_id": cast.room_la},
        "desk": {"space_id": cast.desks[1]},
    }[scope]
    await shut(db, cast.coordinator, period=on(date(2026, 9, 15), "8:00", "20:00"), **named)
    for part in PARTS:
        text = (await visit().get(f"/incubators/las{part}?date={TUESDAY}&lang=en")).text
        assert ("Power cut" in text) == (part in pages), part
    assert "Power cut" not in (await visit().get("/incubators/rynek?lang=en")).text
    whole = (await visit().get("/incubators/las?lang=en")).text
    assert {"room_l": "Closed (L):", "desk": "Closed (DESK-2):"}.get(scope, "Closed") in whole
