"""The link in a mail about a meeting lets each side call it off without signing in."""

import re
from collections.abc import Callable

import httpx

from incubator.db.engine import Database, transaction
from incubator.mentoring.tell_due import tell_booked
from tests.browsing import post_form
from tests.cast import Cast
from tests.mail.calendar_app import mails_to, methods
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import count, met, order
from tests.mentoring.test_changes import EARLY

Visit = Callable[..., httpx.AsyncClient]
LINK = re.compile(r"/meetings/[0-9a-f-]{36}/answer/[0-9a-f-]{36}/\S+")


async def link_in_mail(db: Database, to: str) -> str:
    *_, mail = await mails_to(db, to)
    text = mail.get_body(("plain",))
    assert text is not None
    [found] = LINK.findall(text.get_content())
    return str(found)


async def test_a_mentor_says_why_and_the_other_side_is_told(visit: Visit, cast: Cast, db: Database) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    async with transaction(db) as tx:
        await tell_booked(tx, now=EARLY)
    link, anybody = await link_in_mail(db, ewa.person.email), visit()
    assert "Member" in (await anybody.get(f"{link}?lang=en")).text
    refused = await post_form(anybody, link, {"form": "cancel"})
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert await count(db, "meeting WHERE state = 'booked'") == 1
    done = await post_form(anybody, link, {"form": "cancel", "reason": "Ill"})
    assert done.status_code == 303
    assert await count(db, "meeting WHERE state = 'cancelled' AND cancelled_by_side = 'mentor' AND reason = 'Ill'") == 1
    assert "nothing to call off" in (await anybody.get(f"{link}?lang=en")).text
    for to in (cast.member.email, ewa.person.email):
        assert methods(await mails_to(db, to)) == ["REQUEST", "CANCEL"]


async def test_each_side_has_a_link_of_its_own_and_too_late_it_says_so(visit: Visit, cast: Cast, db: Database) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    async with transaction(db) as tx:
        await tell_booked(tx, now=EARLY)
        await tx.execute("UPDATE mentor SET cancel_minutes = 20160")
    mine, theirs = await link_in_mail(db, cast.member.email), await link_in_mail(db, ewa.person.email)
    assert mine.rpartition("/")[2] != theirs.rpartition("/")[2]
    page = await visit().get(f"{mine}?lang=en")
    assert "too late to call it off" in page.text and "<button" not in page.text.partition("<main")[2]
    assert (await post_form(visit(), mine, {"form": "cancel"})).status_code == 409
    mixed = mine.rpartition("/")[0] + "/" + theirs.rpartition("/")[2]
    assert (await visit().get(mixed)).status_code == 404
