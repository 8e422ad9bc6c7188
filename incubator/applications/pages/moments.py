"""A day and a time typed in two fields, as a clock in Warsaw says them."""

import re
from datetime import date, datetime

from incubator.kernel.period import local_moment
from incubator.people.forms import CheckField, Typed

TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def moment_of(typed: Typed, name: str) -> datetime:
    """The instant of `<name>_day` and `<name>_time`. Raises CheckField."""
    time = TIME.fullmatch(typed.one(f"{name}_time"))
    if time is None:
        raise CheckField(f"{name}_time")
    try:
        day = date.fromisoformat(typed.one(f"{name}_day"))
        if not 2000 <= day.year < 2100:
            raise ValueError(day)
    except ValueError:
        raise CheckField(f"{name}_day") from None
    return local_moment(day, int(time[1]) * 60 + int(time[2]))
