"""Bad input gets a 4xx with a code and a sentence, over the API and the forms; never a fault, and nothing
that was typed is lost."""

import json
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.mail.send import letter
from tests.browsing import post_form
from tests.cast import Cast, change
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]

HTML = '<script>alert("x")</script><img src=x onerror=alert(1)> {{ 7*7 }} %s {0}'
RIGHT_TO_LEFT = "\u202eעברית العربية\u202c"
EMOJI = "Próba 🎤👩‍👩‍👧"
TEN = tuesday("10:00", "11:00")


def wish(cast: Cast, **said: Any) -> dict[str, Any]:
    return {
        "space_id": str(cast.room_l),
        "start": TEN.start.isoformat(),
        "end": TEN.end.isoformat(),
        "title": "Próba",
        "note": "",
        "attendees": 2,
        "outright": True,
        "organisation_id": None,
        **said,
    }


def refused(answer: httpx.Response, *codes: str, statuses: range = range(400, 500)) -> None:
    """With a code of these, and a sentence; and not by a fault of ours."""
    assert answer.status_code in statuses, answer.text[:500]
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["code"] in codes if codes else problem["code"]
    assert problem["detail"].endswith((".", "!", "?")), problem


async def nothing_was_booked(db: Database) -> None:
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 0
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0


# Bodies

VALUES = {
    "a number": 7,
    "a text": "x",
    "true": True,
    "nothing": None,
    "a list": [],
    "an object": {},
    "a huge number": 10**400,
    "an endless one": 1e308,
    "a negative one": -1,
    "a half": 0.5,
    "NUL": "\x00",
    "a line break": "one\ntwo",
    "a long text": "x" * 10_001,
    "half a character": "\ud800",
}
FITTING: dict[str, set[str]] = {
    "title": {"a text"},
    "note": {"a text", "a line break"},
    "attendees": {"a number", "nothing"},
    "outright": {"true"},
    "organisation_id": {"nothing"},
}


@pytest.mark.parametrize("field", [
    "space_id", "start", "end", "title", "note", "attendees", "outright", "organisation_id"
])  # fmt: skip
async def test_a_field_of_the_wrong_kind_is_named(visit: Visit, cast: Cast, db: Database, field: str) -> None:
    me = visit(cast.member)
    for name, value in VALUES.items():
        if name in FITTING.get(field, set()):
            continue
        body = json.dumps(wish(cast, **{field: value}))
        answer = await me.post("/api/bookings", content=body, headers={"content-type": "application/json"})
        refused(answer, "invalid", "bad_request")
    await nothing_was_booked(db)


@pytest.mark.parametrize("missing", ["space_id", "start", "end"])
async def test_what_is_missing_and_what_is_unknown_is_refused(visit: Visit, cast: Cast, missing: str) -> None:
    me = visit(cast.member)
    refused(await me.post("/api/bookings", json={k: v for k, v in wish(cast).items() if k != missing}), "invalid")
    refused(await me.post("/api/bookings", json=wish(cast, surprise=1)), "invalid")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"start": "2026-09-08T10:00:00"}, "invalid"),
        ({"start": "2026-09-08"}, "invalid"),
        ({"start": "tomorrow"}, "invalid"),
        ({"start": 1788854400}, "invalid"),
        ({"start": "2026-02-30T10:00:00Z"}, "invalid"),
        ({"start": "2026-09-08T25:00:00Z"}, "invalid"),
        ({"end": TEN.start.isoformat()}, "end_before_start"),
        ({"end": "2026-09-08T07:00:00Z"}, "end_before_start"),
        ({"start": "0001-01-01T00:00:00Z"}, "out_of_reach"),
        ({"start": "0001-01-01T00:00:00+23:59"}, "out_of_reach"),
        ({"end": "9999-12-31T23:59:59-23:59"}, "out_of_reach"),
        ({"end": "2198-12-31T23:00:00Z"}, "too_long"),
        ({"start": "2000-01-01T00:00:00Z"}, "too_long"),
        ({"start": "2026-09-08T08:10:00Z"}, "off_grid"),
        ({"start": "2026-09-08T08:00:01Z"}, "off_grid"),
        ({"start": "2026-09-08T08:00:00.000001Z"}, "off_grid"),
        ({"start": "2026-09-08T05:30:00Z"}, "outside_opening_hours"),
        ({"start": "2026-09-06T08:00:00Z", "end": "2026-09-06T09:00:00Z"}, "in_the_past"),
        ({"start": "2027-09-07T08:00:00Z", "end": "2027-09-07T09:00:00Z"}, "too_far_ahead"),
        ({"end": "2026-09-08T18:00:00Z"}, "too_long"),
        ({"attendees": 61}, "too_many_people"),
        ({"space_id": str(uuid4())}, "no_such_space"),
        ({"organisation_id": str(uuid4())}, "not_a_member"),
    ],
)
async def test_times_and_things_that_cannot_be_are_refused_by_their_rule(
    visit: Visit, cast: Cast, db: Database, said: dict[str, Any], code: str
) -> None:
    refused(await visit(cast.member).post("/api/bookings", json=wish(cast, **said)), code)
    await nothing_was_booked(db)


async def test_a_space_out_of_use_cannot_be_booked_over_either_edge(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, retired_at=NOW)
    me = visit(cast.member)
    refused(await me.post("/api/bookings", json=wish(cast)), "no_such_space")
    refused(await visit().get(f"/api/spaces/{cast.room_l}"), "space_retired")
    for answer in (await me.get("/incubators/las/l"), await post_form(me, "/incubators/las/l/hold", {})):
        assert answer.status_code == 410 and "space_retired" in answer.text
    await nothing_was_booked(db)


async def test_somebody_elses_booking_is_not_there(visit: Visit, cast: Cast) -> None:
    made = (await visit(cast.member).post("/api/bookings", json=wish(cast))).json()["id"]
    other = visit(cast.stranger)
    refused(await other.get(f"/api/bookings/{made}"), "no_such_booking")
    refused(await other.post(f"/api/bookings/{made}/cancel", json={}), "no_such_booking")
    assert (await post_form(other, f"/bookings/{made}/cancel")).status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"null", "application/json"),
        (b"[]", "application/json"),
        (b'"x"', "application/json"),
        (b"\xff\xfe{}", "application/json"),
        (b'{"title": "\xff"}', "application/json"),
        (b'{"title": "\\ud800"}', "application/json"),
        (b"\xef\xbb\xbf{}", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"title":' * 100_000, "application/json"),
        (b'{"attendees": 1e999999}', "application/json"),
        (b'{"attendees": ' + b"9" * 100_000 + b"}", "application/json"),
        (b"{} trailing", "application/json"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"<wish/>", "application/xml"),
        (b"\x81\xa1a\x01", "application/x-msgpack"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        (b"{}", "application/json; charset=utf-16"),
        (b"{}", "nonsense"),
        (b"{}", ""),
    ],
)
async def test_a_body_that_is_no_wish_is_refused(
    visit: Visit, cast: Cast, db: Database, content: bytes, kind: str
) -> None:
    me = visit(cast.member)
    for path in ("/api/bookings", "/api/organisations"):
        refused(await me.post(path, content=content, headers={"content-type": kind}))
    await nothing_was_booked(db)


async def test_of_a_key_that_comes_twice_the_last_one_counts(visit: Visit, cast: Cast) -> None:
    """As JSON.parse has it (RFC 8259 leaves it open): nothing in front of us reads bodies otherwise."""
    body = json.dumps(wish(cast))[:-1] + ', "title": "second"}'
    answer = await visit(cast.member).post("/api/bookings", content=body, headers={"content-type": "application/json"})
    assert answer.json()["title"] == "second"


@pytest.mark.parametrize(
    "path", ["/api/bookings", "/api/me/invitations/x/accept", "/incubators/las/l/hold", "/sign-in"]
)
async def test_ten_megabytes_are_more_than_is_read(visit: Visit, cast: Cast, path: str) -> None:
    me = visit(cast.member)
    if path.startswith("/api"):
        answer = await me.post(path, content=b'{"title": "' + b"x" * 10_000_000 + b'"}')
        assert answer.status_code in {404, 413}
        refused(answer, "too_large", "not_found")
    else:
        answer = await post_form(me, path, {"start": "x" * 10_000_000})
        assert answer.status_code == 413 and "too_large" in answer.text


# Texts that are welcome, and shown as they are


@pytest.mark.parametrize("text", [EMOJI, RIGHT_TO_LEFT, HTML, "a\u2028b\u0085c", "\ufeffx", "e\u0301" * 50])
async def test_any_text_is_kept_as_it_is_and_shown_without_being_read_as_markup(
    visit: Visit, cast: Cast, db: Database, text: str
) -> None:
    me = visit(cast.member)
    made = await me.post("/api/bookings", json=wish(cast, title=text, note=text))
    assert made.status_code == 201 and made.json()["title"] == text == made.json()["note"]
    key = made.json()["id"]
    pages = [
        await me.get(f"/bookings/{key}"),
        await me.get("/bookings"),
        await me.get(f"/bookings/{key}/move"),
        await visit(cast.coordinator).get(f"/bookings/{key}"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
        assert "49" not in page.text.split("7*7")[0][-5:]
    event = (await me.get(f"/bookings/{key}/event.ics")).content
    assert b"\n<script" not in event and event.count(b"BEGIN:VEVENT") == 1
    cancelled = await visit(cast.coordinator).post(f"/api/bookings/{key}/cancel", json={"reason": "x" + text})
    assert cancelled.status_code == 200, cancelled.text
    async with statement(db) as tx:
        mail = await tx.fetchrow("SELECT subject, text FROM mail WHERE recipient = $1", cast.member.email)
    assert mail is not None and text.strip() in mail["text"]


@pytest.mark.parametrize("text", ["a\u2028b", "a\u0085b", "a\x0bb", "a\x0cb", "a\x1cb", EMOJI, RIGHT_TO_LEFT, HTML])
async def test_a_mail_can_be_sent_whatever_a_space_is_called(visit: Visit, cast: Cast, db: Database, text: str) -> None:
    """What ends a line for a header and not for people would have been tried for ever."""
    details = await visit(cast.coordinator).put(
        f"/api/spaces/{cast.room_l}/details",
        json={"name_pl": text, "name_en": text, "capacity": 60},
        headers={"if-match": "*"},
    )
    assert details.status_code == 200, details.text
    held = (await visit(cast.member).post("/api/bookings", json=wish(cast, outright=False))).json()["id"]
    assert (await visit(cast.member).post(f"/api/bookings/{held}/confirm", json={})).status_code == 200
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT id, recipient, subject, text, invitations, created_at FROM mail")
    assert row is not None and row["subject"].splitlines() == [row["subject"]]
    sent = message_from_bytes(bytes(letter(row, sender="Inkubatory <i@example.com>")), policy=policy.default)
    assert sent["subject"] == row["subject"] and " ".join(text.split()) in sent["subject"]


async def test_names_of_people_places_and_organisations_are_shown_as_text(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET name = $2 WHERE id = $1", cast.member.id, HTML)
        await tx.execute("UPDATE organisation SET name = $1", HTML)
        await tx.execute(
            "UPDATE incubator SET name = $1, description_pl = $1, terms_pl = $1, street = $1, town = $1", HTML
        )
        await tx.execute(
            "UPDATE space SET name_pl = $1, name_en = $1, description_pl = $1, equipment = ARRAY[$1]", HTML
        )
        await tx.execute("UPDATE gmina SET name = $1, brand_pl = $1, specialisations_pl = ARRAY[$1]", HTML)
        await tx.execute("UPDATE zone SET name_pl = $1, name_en = $1", HTML)
    me, desk = visit(cast.member), visit(cast.coordinator)
    made = (await me.post("/api/bookings", json=wish(cast, organisation_id=str(cast.acme), outright=False))).json()[
        "id"
    ]
    paths = ["/", "/gminas/niepolomice", "/incubators/las", "/incubators/las/l", "/incubators/las/zones/strefa"]
    mine = [
        "/me",
        "/bookings",
        f"/bookings/{made}",
        f"/bookings/{made}/confirm",
        f"/organisations/{cast.acme}",
        "/me/calendars",
    ]
    theirs = ["/desk/incubators", "/desk/incubators/las", f"/desk/spaces/{cast.room_l}", "/desk/gminas/niepolomice"]
    for client, some in ((visit(), paths), (me, mine), (desk, theirs)):
        for path in some:
            for locale in ("pl", "en"):
                page = await client.get(path, params={"lang": locale})
                assert page.status_code == 200, path
                assert "<script>alert" not in page.text and "<img src=x" not in page.text, path
    assert (await visit(cast.administrator).get("/admin/people", params={"q": "script"})).text.count(
        "<script>alert"
    ) == 0


# Addresses, queries, headers


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/bookings/no-id",
        "/api/bookings/00000000-0000-0000-0000-00000000000g",
        "/api/bookings/%00",
        "/api/bookings/%ff",
        "/api/bookings/..%2f..%2fetc%2fpasswd",
        "/api/../api/bookings/x",
        "/api/gminas/" + "x" * 3000,
        "/api/incubators/%2e%2e/hours",
        "/calendars/spaces/no-id.ics",
        "/calendars/personal/%00.ics",
        "/calendars/personal/.ics",
        "/calendars/../etc.ics",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%00",
    ],
)
async def test_addresses_that_lead_nowhere_are_said_to(visit: Visit, cast: Cast, method: str, path: str) -> None:
    answer = await visit(cast.administrator).request(method, path)
    assert 400 <= answer.status_code < 500, answer.text[:300]
    if path.startswith(("/api", "/calendars")) and ".." not in path:
        refused(answer)


@pytest.mark.parametrize("path", ["/bookings/no-id", "/incubators/%00", "/gminas/%ff", "/desk/spaces/x", "/invitations/x", "/sign-in/" + "x" * 5000])  # fmt: skip
async def test_pages_that_are_not_there_say_so_in_words(visit: Visit, cast: Cast, path: str) -> None:
    answer = await visit(cast.administrator).get(path)
    assert answer.status_code in {404, 410, 422}
    assert answer.text.count("<h1") == 1 and "<code>" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=-1", "limit=x", "limit=1e3", "limit=99999999999999999999", "when=never", "after=x",
        "after=%25", "after=bnVsbA", "after=W251bGwsbnVsbF0", "after=WyIwMDAxLTAxLTAxVDAwOjAwOjAwIiwgIngiXQ",
        "after=" + "x" * 500, "after=WyIyMDI2LTA5LTA4VDEwOjAwOjAwIiwiMDE4OTBiMWUtOGE1Zi03YzNlLTlkNGUtMWEyYjNjNGQ1ZTZmIl0",
    ],
)  # fmt: skip
async def test_lists_refuse_what_they_cannot_read(visit: Visit, cast: Cast, query: str) -> None:
    """The last is a cursor with a time that has no offset."""
    refused(await visit(cast.member).get(f"/api/bookings?{query}"), "invalid", "bad_cursor")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "invalid"),
        ("from=x&to=y", "invalid"),
        ("from=2026-09-08T00:00:00&to=2026-09-09T00:00:00", "naive_time"),
        ("from=2026-09-09T00:00:00Z&to=2026-09-08T00:00:00Z", "end_before_start"),
        ("from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", "out_of_reach"),
        ("from=2026-09-08T00:00:00Z&to=2126-09-08T00:00:00Z", "span_too_long"),
    ],
)
async def test_availability_refuses_spans_that_make_no_sense(visit: Visit, cast: Cast, query: str, code: str) -> None:
    for where in (f"spaces/{cast.room_l}", "incubators/las", "gminas/niepolomice"):
        refused(await visit().get(f"/api/{where}/availability?{query}"), code)


SERIES = {"first_day": "2026-09-08", "weekdays": [2], "start": "10:00", "length_minutes": 60, "count": 3}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"count": 10_000}, "too_many_occurrences"),
        ({"count": 10**30}, "too_many_occurrences"),
        ({"count": None, "until": "2190-01-01"}, "too_many_occurrences"),
        ({"count": 0}, "series_without_dates"),
        ({"count": -1}, "series_without_dates"),
        ({"until": "2026-12-31"}, "series_without_end"),
        ({"count": None}, "series_without_end"),
        ({"count": None, "until": "2026-09-07"}, "series_without_dates"),
        ({"first_day": "0001-01-01"}, "series_out_of_reach"),
        ({"first_day": "9999-12-31"}, "series_out_of_reach"),
        ({"first_day": "2026-02-30"}, "invalid"),
        ({"weekdays": []}, "bad_weekdays"),
        ({"weekdays": [0]}, "bad_weekdays"),
        ({"weekdays": [10**30]}, "bad_weekdays"),
        ({"weekdays": ["2"]}, "invalid"),
        ({"weekdays": [2] * 8}, "invalid"),
        ({"every_weeks": 0}, "bad_rhythm"),
        ({"every_weeks": 10**30}, "bad_rhythm"),
        ({"start": "24:01"}, "invalid"),
        ({"start": "10"}, "invalid"),
        ({"length_minutes": 0}, "invalid"),
        ({"length_minutes": 7 * 1440 + 1}, "series_overlaps_itself"),
        ({"title": "\x00"}, "invalid"),
        ({"surprise": 1}, "invalid"),
    ],
)
async def test_a_series_that_cannot_be_is_refused(
    visit: Visit, cast: Cast, db: Database, said: dict[str, Any], code: str
) -> None:
    body = {"space_id": str(cast.room_l), **SERIES, **said}
    refused(await visit(cast.member).post("/api/series", json=body), code)
    await nothing_was_booked(db)


@pytest.mark.parametrize("said", [{"which": "some"}, {"which": "this"}, {"which": "this", "occurrence": 10**30}, {"which": "following", "occurrence": -5}, {"which": "all", "start": "25:00"}])  # fmt: skip
async def test_a_choice_of_dates_that_are_not_there_changes_nothing(
    visit: Visit, cast: Cast, said: dict[str, Any]
) -> None:
    me = visit(cast.member)
    made = (await me.post("/api/series", json={"space_id": str(cast.room_l), **SERIES})).json()
    refused(await me.post(f"/api/series/{made['id']}/change", json={**said, "title": "x"}))
    if "start" not in said:
        refused(await me.post(f"/api/series/{made['id']}/cancel", json=said))
    assert (await me.get(f"/api/series/{made['id']}")).json() == made


@pytest.mark.parametrize("path", ["blocks", "closures", "waitlist"])
async def test_other_stretches_of_time_are_looked_at_alike(visit: Visit, cast: Cast, path: str) -> None:
    desk = visit(cast.coordinator)
    reason = {"blocks": {"reason": "x"}, "closures": {"reason_pl": "x"}, "waitlist": {}}[path]
    for start, end in (
        ("2026-09-08T10:00:00", "2026-09-08T11:00:00"),
        ("2026-09-08T11:00:00Z", "2026-09-08T10:00:00Z"),
        ("0001-01-01T00:00:00Z", "2026-09-08T10:00:00Z"),
        ("2026-09-08T10:00:00Z", "9999-12-31T00:00:00Z"),
        ("x", 7),
    ):
        body = {"space_id": str(cast.room_l), "start": start, "end": end, **reason}
        refused(await desk.post(f"/api/{path}", json=body), "invalid", "naive_time", "end_before_start", "out_of_reach")
    for bad in ({**reason, "reason": "\x00"}, {**reason, "space_id": "x"}, {**reason, "surprise": 1}):
        body = {"space_id": str(cast.room_l), "start": TEN.start.isoformat(), "end": TEN.end.isoformat(), **bad}
        refused(await desk.post(f"/api/{path}", json=body), "invalid")


DESK_TIMES = {"from_day": "2026-09-08", "from_time": "10:00", "to_day": "2026-09-08", "to_time": "12:00"}


@pytest.mark.parametrize(
    "bad",
    [
        {"from_day": "9999-12-31", "to_day": "9999-12-31"},
        {"from_day": "0001-01-01"},
        {"to_day": "2026-02-30"},
        {"from_time": "25:00"},
        {"to_time": "09:00"},
        {"from_day": ""},
        {"surprise": "1"},
    ],
)
async def test_the_desk_shows_again_what_was_to_be_blocked_or_closed(
    visit: Visit, cast: Cast, bad: dict[str, str]
) -> None:
    desk = visit(cast.coordinator)
    for path, what in (
        ("/desk/block", {"space": str(cast.room_l), "reason": "Zażółć"}),
        ("/desk/close", {"what": f"space:{cast.room_l}", "reason_pl": "Zażółć"}),
    ):
        answer = await post_form(desk, path, {**what, **DESK_TIMES, **bad})
        assert answer.status_code == 422, (path, answer.text[:300])
        assert "Zażółć" in answer.text and 'role="alert"' in answer.text


@pytest.mark.parametrize("query", ["from=x", "from=0001-01-01&to=9999-12-31", "from=2026-10-01&to=2026-09-01", "from=2026-02-30"])  # fmt: skip
async def test_figures_of_days_that_make_no_sense_are_refused(visit: Visit, cast: Cast, query: str) -> None:
    refused(await visit(cast.office).get(f"/api/use?{query}"))
    for path in ("/office", "/office/use.csv"):
        answer = await visit(cast.office).get(f"{path}?{query}")
        assert 400 <= answer.status_code < 500, path


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "tab\there", "ż", "\x7f", "\xa0"])
async def test_an_idempotency_key_is_a_short_printable_text(visit: Visit, cast: Cast, db: Database, key: str) -> None:
    headers = [(b"idempotency-key", key.encode("latin-1", "ignore") or b"")]
    answer = await visit(cast.member).post("/api/bookings", json=wish(cast), headers=headers)
    if key in {"ż", " "} or key == "":
        assert answer.status_code in {201, 422}
    else:
        refused(answer, "idempotency_key_invalid")
        await nothing_was_booked(db)


async def test_a_key_belongs_to_who_sent_it_and_to_one_request(visit: Visit, cast: Cast) -> None:
    me, other, headers = visit(cast.member), visit(cast.stranger), {"idempotency-key": "one"}
    mine = await me.post("/api/bookings", json=wish(cast), headers=headers)
    taken = await other.post("/api/bookings", json=wish(cast), headers=headers)
    assert (mine.status_code, taken.json()["code"]) == (201, "slot_taken")
    refused(await me.post("/api/organisations", json={"name": "A", "kind": "startup", "gmina_id": str(cast.skawina)}, headers=headers), "idempotency_key_reused")  # fmt: skip
    later = tuesday("14:00", "15:00")
    again = wish(cast, start=later.start.isoformat(), end=later.end.isoformat())
    # What was refused was not done, and may be asked again.
    assert (await other.post("/api/bookings", json=again, headers=headers)).status_code == 201


@pytest.mark.parametrize("header", ["x", '"x"', 'W/"1"', "1", '""', '"1", "2"', "\xff", '"99999999999999999999"'])
async def test_a_version_that_is_none_of_ours_changes_nothing(visit: Visit, cast: Cast, header: str) -> None:
    answer = await visit(cast.coordinator).put(
        "/api/incubators/las/details", json={"name": "X"}, headers={b"if-match": header.encode("latin-1")}
    )
    refused(answer, "changed_meanwhile", "if_match_required")


GARBAGE = [
    "",
    "x",
    "\xff\xfe",
    "a=b=c;;;=",
    '"',
    "x" * 6000,
    "%00",
    "session",
    "../../x",
    "🎤".encode().decode("latin-1"),
]


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("name", ["session", "csrf", "flash", "lang"])
async def test_cookies_full_of_garbage_are_no_cookies(visit: Visit, cast: Cast, name: str, value: str) -> None:
    cookie = f"{name}={value}".encode("latin-1")
    for path in ("/", "/accessibility"):
        assert (await visit().get(path, headers={b"cookie": cookie})).status_code == 200
    answer = await visit().get("/me", headers={b"cookie": cookie})
    assert answer.is_redirect and answer.headers["location"].startswith("/sign-in")
    form = await visit().post(
        "/sign-in", data={"email": "a@example.com", "_csrf_token": value}, headers={b"cookie": cookie}
    )
    assert form.status_code == 403


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic eDp5", "bearer \xff", "Bearer " + "x" * 6000, "x"])
async def test_a_token_that_is_none_is_said_to_be(visit: Visit, cast: Cast, value: str) -> None:
    answer = await visit().get("/api/me", headers={b"authorization": value.encode("latin-1")})
    refused(answer, "unknown_token", statuses=range(401, 402))


@pytest.mark.parametrize("value", ["", "*", ";;;", "x" * 5000, "pl;q=nonsense", "\xff", "en-" * 300, "zh_Hant_TW_x,,,"])
async def test_any_language_is_answered_in_one_of_ours(visit: Visit, value: str) -> None:
    headers = {b"accept-language": value.encode("latin-1")}
    for path in ("/", "/nothing", "/api/nothing"):
        assert (await visit().get(path, headers=headers)).status_code in {200, 404}


async def test_a_method_that_an_address_does_not_take_is_said_so(visit: Visit, cast: Cast) -> None:
    for method, path in (("DELETE", "/api/bookings"), ("PATCH", "/api/me"), ("PUT", "/api/requests")):
        refused(await visit(cast.member).request(method, path), "method_not_allowed")
    assert (await visit().request("BREW", "/")).status_code in {404, 405}


# Forms


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"start": "x", "end": "y"},
        {"start": "2026-09-08T09:00Z", "end": "2026-09-08T08:00Z"},
        {"start": "2026-09-08T08:00Z", "end": "2026-09-08T08:00Z"},
        {"start": "2026-09-08T08:10Z", "end": "2026-09-08T09:00Z"},
        {"start": "2026-09-08T03:00Z", "end": "2026-09-08T04:00Z"},
        {"start": "2026-09-08T08:00Z", "end": "2026-09-08T19:00Z"},
        {"start": "2020-09-08T08:00Z", "end": "2020-09-08T09:00Z"},
        {"start": "2036-09-08T08:00Z", "end": "2036-09-08T09:00Z"},
        {"start": "0001-01-01T00:00Z", "end": "9999-12-31T23:59Z"},
        {"start": "9999-12-31T22:00Z", "end": "9999-12-31T23:59Z"},
        {"start": "2000-01-01T00:00Z", "end": "2199-01-01T00:00Z"},
        {"start": "2026-09-08T08:00Z", "end": "2026-09-08T09:00Z", "organisation_id": str(uuid4())},
        {"start": "2026-09-08T08:00Z", "end": "2026-09-08T09:00Z", "organisation_id": "x"},
        {"date": "9999-99-99", "start": "\ud83c", "end": RIGHT_TO_LEFT},
        {"surprise": "1"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["l/hold", "l/wait", "zones/strefa/hold"])
async def test_a_time_that_cannot_be_is_refused_on_the_page(
    visit: Visit, cast: Cast, db: Database, where: str, said: dict[str, str]
) -> None:
    me = visit(cast.member)
    said = {name: value.encode("utf-8", "replace").decode() for name, value in said.items()}
    answer = await post_form(me, f"/incubators/las/{where}", said)
    assert answer.status_code in {403, 409, 422}, answer.text[:500]
    assert answer.text.count("<h1") == 1 and ('role="alert"' in answer.text or "<code>" in answer.text)
    await nothing_was_booked(db)


async def held(visit: Visit, cast: Cast) -> str:
    return str((await visit(cast.member).post("/api/bookings", json=wish(cast, outright=False))).json()["id"])


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "x" * 201},
        {"note": "x" * 10_001},
        {"attendees": "many"},
        {"attendees": "0"},
        {"attendees": "9" * 50},
        {"title": "one\ntwo"},
        {"title": "a\x00b"},
        {"surprise": "1"},
    ],
)
async def test_what_was_typed_into_a_booking_is_shown_again(visit: Visit, cast: Cast, bad: dict[str, str]) -> None:
    key, me = await held(visit, cast), visit(cast.member)
    typed = {"title": "Zażółć <b>", "note": "Dla nas 🎤", "attendees": "2", **bad}
    answer = await post_form(me, f"/bookings/{key}/confirm", typed)
    assert answer.status_code == 422 and 'role="alert"' in answer.text, answer.text[:300]
    assert "Dla nas 🎤" in answer.text or "note" in bad
    assert "Zażółć &lt;b&gt;" in answer.text or "title" in bad
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/me", {"name": "Zażółć", "locale": "pl", "gmina_id": "x"}),
        ("/me/tokens", {"name": "Zażółć", "scopes": "me", "days": "soon"}),
        ("/organisations/new", {"name": "Zażółć", "kind": "startup", "gmina_id": "x"}),
        ("/organisations/new", {"name": "Zażółć", "kind": "startup", "pkd_edition": "x"}),
        ("/bookings/{held}/cancel", {"reason": "Zażółć " + "x" * 200}),
        ("/me/calendars", {"name": "Zażółć " + "x" * 200}),
        ("/me/erase", {"confirmation": "Zażółć", "surprise": "1"}),
    ],
)
async def test_a_form_that_cannot_be_read_loses_nothing(
    visit: Visit, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    path = path.format(held=await held(visit, cast))
    answer = await post_form(visit(cast.member), path, typed)
    assert answer.status_code == 422, answer.text[:300]
    assert "Zażółć" in answer.text, "what was typed is gone"


async def test_a_password_is_not_shown_again_whatever_is_wrong_with_its_form(visit: Visit, cast: Cast) -> None:
    for path in ("/me/password", "/sign-in/password"):
        answer = await post_form(visit(cast.member), path, {"password": "three right words", "surprise": "1"})
        assert answer.status_code == 422
        assert "three right words" not in answer.text


DESK_FORMS = [
    ("/desk/incubators/las/quotas", {"form": "quota", "unit": "week", "name": "Zażółć", "organisation_hours": "nan"}),
    ("/desk/incubators/las/quotas", {"form": "quota", "unit": "week", "name": "Zażółć", "organisation_hours": "inf"}),
    ("/desk/incubators/las/quotas", {"form": "quota", "unit": "week", "name": "Zażółć", "person_hours": "1e309"}),
    ("/desk/incubators/las", {"form": "details", "name": "Zażółć", "latitude": "nan"}),
    ("/desk/incubators/las", {"form": "details", "name": "Zażółć", "longitude": "1e400"}),
    ("/desk/incubators/las", {"form": "details", "name": "Zażółć", "email": "x"}),
    ("/desk/incubators/las", {"form": "desks", "name_pl": "Zażółć", "count": "10000", "zone_id": "x"}),
    ("/desk/incubators/las/hours", {"form": "week", "opens_1_0": "25:00", "closes_1_0": "Zażółć"}),
    ("/desk/incubators/las/hours", {"form": "exception", "day": "2026-02-30", "note": "Zażółć"}),
    ("/desk/incubators/las/hours", {"form": "exception", "day": "9999-12-31", "note": "Zażółć"}),
    ("/desk/spaces/{room}", {"form": "details", "name_pl": "Zażółć", "capacity": "0"}),
    ("/desk/spaces/{room}", {"form": "details", "name_pl": "Zażółć", "capacity": "9" * 30}),
    ("/desk/spaces/{room}", {"form": "rules", "grid_minutes": "7"}),
    ("/desk/gminas/niepolomice", {"form": "details", "brand_pl": "Zażółć " + "x" * 200}),
]


@pytest.mark.parametrize(("path", "typed"), DESK_FORMS)
async def test_the_desk_says_which_field_and_keeps_the_rest(
    visit: Visit, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    answer = await post_form(visit(cast.coordinator), path.format(room=cast.room_l), {"version": "1", **typed})
    assert answer.status_code == 422, answer.text[:300]
    assert 'role="alert"' in answer.text
    assert "Zażółć" in answer.text or "Zażółć" not in typed.values()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"email=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"email=%ff%fe", "application/x-www-form-urlencoded"),
        (b"email=%00", "application/x-www-form-urlencoded"),
        (b"&&&===&;", "application/x-www-form-urlencoded"),
        (b"a=1&" * 50_000, "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x\r\n" * 2000, "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\xfe\r\n--x--\r\n', "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\nx\r\n--x--\r\n', "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="email"\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--x--\r\n', "multipart/form-data; boundary=x"),
        (b'{"email": "a@example.com"}', "application/json"),
        (b"[[[[", "application/json"),
        (b"email=a@example.com", "text/plain"),
        (b"", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("token", ["in the header", "none"])
async def test_forms_that_are_none_are_refused(visit: Visit, content: bytes, kind: str, token: str) -> None:
    browser = visit()
    await browser.get("/accessibility")
    headers = {"content-type": kind}
    if token == "in the header":
        headers["x-csrftoken"] = browser.cookies["csrf"]
    answer = await browser.post("/sign-in", content=content, headers=headers)
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert answer.text.count("<h1") == 1


async def test_a_refusal_leaves_the_house_as_it_was(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    """After all that: the same wish, said well, is granted."""
    me = visit(cast.member)
    refused(await me.post("/api/bookings", json=wish(cast, title="\x00")))
    clock.now = NOW + timedelta(minutes=1)
    assert (await me.post("/api/bookings", json=wish(cast))).status_code == 201
