"""How sentences of refusals tell what they know, in the reader's language."""

from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.web.pages import show_hours, show_length
from incubator.web.refusals import kinds
from incubator.web.sentences import EUROS, LENGTHS, WORDS
from tests.bookings.test_hold import quota
from tests.browsing import post_form
from tests.cast import Cast, change
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize(
    ("minutes", "english", "polish"),
    [
        (0, "0 min", "0 min"),
        (45, "45 min", "45 min"),
        (60, "1 h", "1 godz."),
        (150, "2 h 30 min", "2 godz. 30 min"),
        (1440, "1 day", "1 dzień"),
        (1500, "25 h", "25 godz."),
        (2880, "2 days", "2 dni"),
        (5 * 1440 + 15, "120 h 15 min", "120 godz. 15 min"),
    ],
)
def test_a_length_is_said_in_hours_and_whole_days(minutes: int, english: str, polish: str) -> None:
    assert (show_length(minutes, "en"), show_length(minutes, "pl")) == (english, polish)


@pytest.mark.parametrize(
    ("minutes", "english", "polish"),
    [
        (0, "0 min", "0 min"),
        (45, "45 min", "45 min"),
        (150, "2 h 30 min", "2 godz. 30 min"),
        (2880, "48 h", "48 godz."),
    ],
)
def test_of_working_time_a_day_is_not_24_hours(minutes: int, english: str, polish: str) -> None:
    assert (show_hours(minutes, "en"), show_hours(minutes, "pl")) == (english, polish)


async def refusals(visit: Visit, cast: Cast, start: str, end: str) -> list[str]:
    """What the page and the API say to one wish, in English and in Polish."""
    period, said = tuesday(start, end), []
    for locale in ("en", "pl"):
        me = visit(cast.member)
        way = urlencode({"lang": locale})
        ends = {"start": f"{period.start:%Y-%m-%dT%H:%MZ}", "end": f"{period.end:%Y-%m-%dT%H:%MZ}"}
        page = await post_form(me, f"/incubators/las/l/hold?{way}", ends)
        assert page.status_code in {409, 422}, page.text[:300]
        body = {
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "space_id": str(cast.room_l),
            "outright": True,
        }
        problem = (await me.post(f"/api/bookings?{way}", json=body)).json()
        assert problem["detail"] in page.text
        said.append(problem["detail"])
        assert all(isinstance(problem["data"].get(name, 0), int) for name in LENGTHS), "programs get the number"
    return said


async def test_rules_of_a_space_are_told_in_hours_and_in_either_language(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, shortest_minutes=90, longest_minutes=150, lead_minutes=0)
    assert await refusals(visit, cast, "10:00", "10:30") == [
        "The shortest booking here is 1 h 30 min.",
        "Najkrótsza rezerwacja trwa tu 1 godz. 30 min.",
    ]
    assert await refusals(visit, cast, "10:00", "14:00") == [
        "The longest booking here is 2 h 30 min.",
        "Najdłuższa rezerwacja trwa tu 2 godz. 30 min.",
    ]
    async with transaction(db) as tx:
        await change(tx, cast.room_l, lead_minutes=3 * 1440)
    assert await refusals(visit, cast, "10:00", "12:00") == [
        "This space has to be booked at least 3 days ahead.",
        "To miejsce trzeba zarezerwować co najmniej 3 dni wcześniej.",
    ]


@pytest.mark.parametrize(("unit", "polish"), [("week", "tydzień"), ("month", "miesiąc")])
async def test_a_quota_that_is_spent_says_for_how_long_it_is_in_either_language(
    visit: Visit, cast: Cast, db: Database, unit: str, polish: str
) -> None:
    await quota(db, cast, cast.room_l, minutes=150, unit=unit)
    assert await refusals(visit, cast, "10:00", "14:00") == [
        f"This is more than the 2 h 30 min a {unit} that the space allows you.",
        f"To więcej niż przysługujące tu 2 godz. 30 min na {polish}.",
    ]


def test_every_length_and_figure_is_a_field_of_some_refusal() -> None:
    """A field that was renamed would be told as a bare number again."""
    told = {name for kind in kinds() for name in getattr(kind, "__annotations__", {})}
    assert told >= LENGTHS | WORDS | EUROS
