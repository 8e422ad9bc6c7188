"""What a credit says of itself."""

from datetime import date, datetime
from uuid import UUID

import pytest

from incubator.credits.views import CreditView
from incubator.kernel.period import WARSAW


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (datetime(2027, 4, 6, tzinfo=WARSAW), date(2027, 4, 5)),
        (datetime(2027, 4, 6, 9, 30, tzinfo=WARSAW), date(2027, 4, 6)),
        (datetime(2027, 3, 29, tzinfo=WARSAW), date(2027, 3, 28)),
    ],
)
def test_its_last_day_is_the_one_before_the_midnight_on_which_it_ends(until: datetime, last: date) -> None:
    credit = CreditView(
        id=UUID(int=1),
        kind="mentor_minutes",
        gmina_id=None,
        gmina_name=None,
        name_pl="",
        name_en="",
        valid_from=datetime(2026, 10, 1, tzinfo=WARSAW),
        valid_until=until,
        granted=60,
        used=0,
    )
    assert credit.last_day == last
