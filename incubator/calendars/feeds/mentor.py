"""When a mentor is taken, and not by whom. Its name is the mentor's slug."""

from incubator.calendars.feed import Feed, Telling
from incubator.calendars.named_head import named_head
from incubator.calendars.sources.taken import taken_of_mentor
from incubator.calendars.standing import Standings, slug
from incubator.calendars.write import Head
from incubator.kernel.errors import N_

FOUND = """
SELECT mentor.id AS key, mentor.state = 'retired' AS gone, ARRAY[mentor.id] AS keys FROM mentor
WHERE mentor.slug = asked.name
"""
NAME = "SELECT slug, name FROM mentor WHERE id = $1"
TITLE = N_("{name}, mentor: taken times")
SAID = N_("When this mentor is taken. By whom is not told.")


async def head(telling: Telling) -> Head:
    return await named_head(telling, named=NAME, title=TITLE, said=SAID, page="/mentors/{slug}")


MENTOR = Feed(Standings("text", slug, FOUND), head, (taken_of_mentor,), secret=False)
