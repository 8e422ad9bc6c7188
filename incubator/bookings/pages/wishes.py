"""What a person looks for in a week: read from the address, leniently, for an address is also
typed, shortened and kept."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from litestar.datastructures import MultiDict

from incubator.kernel.period import WARSAW, local_moment, monday_of
from incubator.places.views import SpaceView

KINDS = ("room", "hot_desk", "dedicated_desk", "private_office")
ACCESS = ("step_free", "induction_loop", "accessible_wc")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
MOMENT = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the spaces shown should be; nothing said, nothing asked."""

    kind: str = ""
    people: int = 0
    equipment: tuple[str, ...] = ()
    access: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.kind or self.people or self.equipment or self.access)

    def fits(self, space: SpaceView) -> bool:
        return (
            self.kind in ("", space.kind)
            and space.capacity >= self.people
            and set(self.equipment) <= set(space.equipment)
            and all(getattr(space, name) for name in self.access)
        )

    @property
    def query(self) -> str:
        """For links that keep the wish: "kind=room&", or nothing."""
        said = [("kind", self.kind)] if self.kind else []
        said += [("people", str(self.people))] if self.people else []
        said += [("equipment", one) for one in self.equipment] + [("access", one) for one in self.access]
        return urlencode(said) + "&" if said else ""


def read_wanted(query: MultiDict[str]) -> Wanted:
    """What is not understood is not asked for."""
    people = query.get("people", "")
    kind = query.get("kind", "")
    return Wanted(
        kind=kind if kind in KINDS else "",
        people=min(int(people), 10_000) if people.isascii() and people.isdigit() and len(people) < 6 else 0,
        equipment=tuple(one for one in query.getall("equipment", []) if one and len(one) <= 60),
        access=tuple(one for one in query.getall("access", []) if one in ACCESS),
    )


def read_day(text: str | None, *, now: datetime) -> date:
    """The day asked for, between last year and three years on; else today in Warsaw."""
    today = now.astimezone(WARSAW).date()
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today
    return day if abs((day - today).days) < 1100 else today


def read_moment(text: str | None) -> datetime | None:
    """A moment as our links and forms write it, of the years that calendars of ours reach."""
    try:
        moment = datetime.strptime(text or "", MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if 2000 <= moment.year < 2199 else None


def read_clock(text: str | None, *, day: date) -> datetime | None:
    """ "14:30" on `day`, as a click into the picture of a day gives it."""
    found = CLOCK.fullmatch(text or "")
    return local_moment(day, int(found[1]) * 60 + int(found[2])) if found else None


def around(chosen: date, *, now: datetime) -> dict[str, Any]:
    """What the pictures of a week need to lead to other days: no further back than this week."""
    today = now.astimezone(WARSAW).date()
    return {
        "chosen": chosen,
        "today": today,
        "before": chosen - timedelta(days=7) if monday_of(chosen) > monday_of(today) else None,
        "after": chosen + timedelta(days=7),
        "moment": MOMENT,
    }
