"""What stands at the head of the calendar of something that has a name."""

from incubator.calendars.entries import REFRESH
from incubator.calendars.feed import Telling
from incubator.calendars.write import Head


async def named_head(telling: Telling, *, named: str, title: str, said: str, page: str) -> Head:
    """`named` is a statement that reads `name`, and what else the address of its `page` is made of."""
    row = await telling.tx.fetchrow(named, telling.standing.key)
    assert row is not None, "it had a standing a moment ago"
    return Head(
        name=telling.texts.gettext(title).format(**row),
        description=telling.texts.gettext(said),
        url=f"{telling.address}{page.format(**row)}",
        refresh=REFRESH,
    )
