"""From the server's name to the calendars, as every app goes."""

from collections.abc import Callable

import httpx
import pytest

from incubator.caldav import names
from tests.caldav.client import basic, hrefs, propfind
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


async def test_from_the_name_of_the_server_to_a_calendar(connect: Connect, cast: Cast) -> None:
    client = await connect(cast.member)
    start = await client.request("PROPFIND", "/.well-known/caldav")
    assert (start.status_code, start.headers["location"]) == (301, "/dav/")
    root = await propfind(client, "/dav/", "d:current-user-principal")
    principal = root.findtext(f".//{names.CURRENT_PRINCIPAL}/{names.HREF}", "")
    home = (await propfind(client, principal, "c:calendar-home-set")).findtext(f".//{names.HOME_SET}/{names.HREF}", "")
    found = await propfind(client, home, "d:resourcetype", "d:displayname", depth="1")
    calendars = [one for one in found if one.find(f".//{names.RESOURCE_TYPE}/{names.caldav('calendar')}") is not None]
    own, its = [one.findtext(f".//{names.DISPLAY_NAME}", "") for one in calendars]
    assert own == "My bookings and meetings" and its.startswith("Acme")


async def test_what_it_can_do_is_told_to_everybody(visit: Visit) -> None:
    answer = await visit().request("OPTIONS", "/dav/")
    assert answer.status_code == 204 and "calendar-access" in answer.headers["dav"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", [{}, basic("wrong"), {"Authorization": "Basic x"}, {"Authorization": "Bearer x"}])
async def test_who_does_not_say_who_they_are_is_asked(visit: Visit, headers: dict[str, str]) -> None:
    answer = await visit().request("PROPFIND", "/dav/", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")


async def test_a_token_for_something_else_is_no_password(connect: Connect, cast: Cast) -> None:
    client = await connect(cast.member, scopes=("bookings:read",))
    answer = await client.request("PROPFIND", "/dav/")
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")


async def test_nobody_sees_anothers(connect: Connect, cast: Cast) -> None:
    client = await connect(cast.stranger)
    mine = await connect(cast.member)
    for path in hrefs(await propfind(mine, f"/dav/{cast.member.id}/", "d:displayname", depth="1")):
        for method in ("PROPFIND", "REPORT", "GET"):
            assert (await client.request(method, path)).status_code == 404
    own = f"/dav/{cast.stranger.id}/organisation-{cast.acme}/"
    assert (await client.request("PROPFIND", own)).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MOVE", "COPY", "POST", "LOCK"])
async def test_it_is_to_be_read_alone(connect: Connect, cast: Cast, book: Book, method: str) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client = await connect(cast.member)
    path = f"/dav/{cast.member.id}/personal/{booking.id}.ics"
    assert (await client.request(method, path, content=b"BEGIN:VCALENDAR")).status_code == 403
    assert (await client.get(path)).status_code == 200


async def test_bad_requests_are_refused_kindly(connect: Connect, cast: Cast) -> None:
    client = await connect(cast.member)
    path = f"/dav/{cast.member.id}/personal/"
    for method, body in (("PROPFIND", b"<"), ("REPORT", b""), ("REPORT", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')):
        answer = await client.request(method, path, content=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_caldav_request")
    assert (await client.request("REPORT", path, content=b'<a xmlns="DAV:"/>')).status_code == 403
    assert (await client.request("BREW", path)).status_code == 405
    assert (await client.request("PROPFIND", f"/dav/{cast.member.id}/personal/%00.ics")).status_code in {404, 422}
