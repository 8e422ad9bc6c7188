"""The pages of registrations: what forms do, and what is downloaded."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader

from incubator.db.engine import Database, statement
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from tests.browsing import post_form
from tests.cast import Cast
from tests.exchanges.cast import STARTS, a_session
from tests.registrations.cast import go, holds_true, link_in, mails, put_question, put_stall, states

TERMS = {"form": "register", "terms": "yes"}


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


async def test_a_stranger_registers_confirms_and_leaves_by_the_link_of_the_mail(
    db: Database, cast: Cast, visit
) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, capacity=1)
    browser = visit()
    sent = await post_form(
        browser, f"/exchange/{session}/register", {**TERMS, "name": "Jan Nowak", "email": "jan@example.com"}
    )
    assert sent.headers["location"] == f"/exchange/{session}/register/sent"
    key, seal = link_in((await mails(db, "jan@example.com"))[0])
    address = f"/registrations/{key}/by/{seal}"
    for _ in range(2):  # a program that looks through mails opens the link, and changes nothing
        assert (await browser.get(address)).status_code == 200
    assert await states(db, session) == ["offered"]
    await post_form(browser, address, {"form": "confirm"})
    assert await states(db, session) == ["registered"]
    await post_form(browser, address, {"form": "cancel"})
    assert await states(db, session) == ["cancelled"] and await holds_true(db, session)
    assert (await browser.get(f"/registrations/{key}/by/{seal[:-1]}x")).status_code == 404
    assert (await browser.get(f"/registrations/{uuid7()}/by/{seal}")).status_code == 404


async def test_what_was_typed_comes_back_with_what_is_wrong(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    question = await put_question(db, session)
    typed = {**TERMS, "name": "Jan <b>Nowak", "email": "jan@example.com", "guest1_name": "Ola"}
    answer = await post_form(visit(), f"/exchange/{session}/register?lang=en", typed)
    assert answer.status_code == 422 and "Please answer the question" in answer.text
    assert "Jan &lt;b&gt;Nowak" in answer.text and 'value="Ola"' in answer.text
    done = await post_form(visit(), f"/exchange/{session}/register", {**typed, f"answer_{question}": "Tak"})
    assert done.status_code == 303
    async with statement(db) as tx:
        names = [row["name"] for row in await tx.fetch("SELECT name FROM ticket ORDER BY id")]
    assert names == ["Jan <b>Nowak", "Ola"]


async def test_a_full_session_shows_the_waiting_list(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    address = f"/exchange/{session}/register"
    assert "Join the waiting list" in (await visit(cast.resident).get(address)).text
    refused = await post_form(visit(cast.resident), address, TERMS)
    assert refused.status_code == 409 and "Join the waiting list" in refused.text
    joined = await post_form(visit(cast.resident), address, {**TERMS, "form": "wait"})
    assert joined.status_code == 303 and await states(db, session) == ["registered", "waiting"]


async def test_a_stall_that_is_none_is_refused_kindly(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, kind="market")
    await put_stall(db, session, "1")
    for stall in ("x", str(uuid7())):
        answer = await post_form(visit(cast.member), f"/exchange/{session}/register", {**TERMS, "stall": stall})
        assert answer.status_code == 422


async def test_ticket_list_sheet_and_certificate_are_papers(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, presence_percent=50, funder_marks="Fundusze Europejskie")
    question = await put_question(db, session)
    made = await go(db, cast.member, session, answers={question: "=1+1"})
    async with statement(db) as tx:
        await tx.execute("UPDATE ticket SET name = 'Łucja Żak', minutes = 90 WHERE session_id = $1", session)
    ticket = await visit().get(f"/tickets/{made.tickets[0].code}/paper")
    assert "Łucja Żak" in text_of(ticket.content)
    coordinator = visit(cast.coordinator)
    listed = text_of((await coordinator.get(f"/desk/exchange/{session}/list.pdf")).content)
    assert "Lista obecności" in listed and "Łucja Żak" in listed and "Fundusze Europejskie" in listed
    sheet = (await coordinator.get(f"/desk/exchange/{session}/people.csv")).content.decode("utf-8-sig")
    assert "Łucja Żak" in sheet and "'=1+1" in sheet
    clock.now = STARTS + timedelta(hours=3)
    await post_form(coordinator, f"/desk/exchange/{session}/people", {"form": "certify", "version": "1"})
    async with statement(db) as tx:
        code = await tx.fetchval("SELECT code FROM session_certificate")
    paper = text_of((await visit().get(f"/exchange/certificates/{code}/paper")).content)
    assert "Łucja Żak" in paper and code in paper
    assert "noindex" in (await visit().get(f"/exchange/certificates/{code}")).text, (
        "a name for who was shown the paper alone"
    )


async def test_materials_for_the_registered_open_by_link_and_for_nobody_else(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    made = await go(db, cast.member, session)
    file = uuid7()
    async with statement(db) as tx:
        await tx.execute(
            "INSERT INTO session_material (id, session_id, title_pl, title_en, content, media_type, file_name, public,"
            " added_by) VALUES ($1, $2, 'Slajdy', '', '%PDF-', 'application/pdf', 'slajdy.pdf', false, $3)",
            file,
            session,
            cast.coordinator.id,
        )
    address = f"/registrations/{made.id}/files/{file}"
    got = await visit(cast.member).get(address)
    assert got.content == b"%PDF-" and got.headers["content-disposition"].startswith("attachment")
    assert (await visit(cast.stranger).get(address)).status_code == 404
    await post_form(visit(cast.member), f"/registrations/{made.id}", {"form": "cancel"})
    assert (await visit(cast.member).get(address)).status_code == 404


async def test_attendance_that_was_typed_is_noted_and_what_was_not_changed_is_left(  # type: ignore[no-untyped-def]
    db: Database, cast: Cast, clock, visit
) -> None:
    session = await a_session(db, cast.niepolomice)
    one, two = await go(db, cast.member, session), await go(db, cast.resident, session)
    clock.now = STARTS + timedelta(hours=3)
    first, second = one.tickets[0].id, two.tickets[0].id
    form = {"form": "attendance", "version": "1", "evidence": "list"}
    typed = {f"minutes_{first}": "60", f"was_{first}": "", f"minutes_{second}": "", f"was_{second}": ""}
    done = await post_form(visit(cast.coordinator), f"/desk/exchange/{session}/people", {**form, **typed})
    assert done.status_code == 303
    async with statement(db) as tx:
        rows = {row["id"]: row["minutes"] for row in await tx.fetch("SELECT id, minutes FROM ticket")}
    assert rows == {first: 60, second: None}
    for wrong in ("999", "-1", "x"):
        again = await post_form(
            visit(cast.coordinator), f"/desk/exchange/{session}/people", {**form, f"minutes_{first}": wrong}
        )
        assert again.status_code == 422


async def test_the_door_by_plain_forms_says_what_it_does_not_know(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    clock.now = STARTS
    address = f"/desk/exchange/{session}/door"
    unknown = {"form": "scan", "version": "1", "event": str(uuid7()), "code": "nothing"}
    assert (await post_form(visit(cast.coordinator), address, unknown)).status_code == 422
    for events in ("", "[]", '{"events": 1}', '{"events": [{"id": "x"}]}'):
        assert (await post_form(visit(cast.coordinator), f"{address}/events", {"events": events})).status_code == 422
    page = await visit(cast.coordinator).get(address)
    assert page.headers["permissions-policy"].startswith("camera=(self)")
    assert (await visit().get("/exchange")).headers["permissions-policy"].startswith("camera=()")


def test_a_seal_is_of_one_thing_for_one_purpose() -> None:
    from incubator.web.links import seal, sealed

    one, other = uuid7(), uuid7()
    assert sealed("registration", one, seal("registration", one))
    assert not sealed("registration", other, seal("registration", one))
    assert not sealed("survey", one, seal("registration", one))
    assert not sealed("registration", one, "ł") and isinstance(one, UUID)


async def test_the_desk_of_a_session_leads_to_who_comes_and_to_the_door(db: Database, cast: Cast, visit, clock) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    desk, parts = visit(cast.coordinator), ("", "/programme", "/dates", "/people", "/after")
    for part in parts:
        page = (await desk.get(f"/desk/exchange/{session}{part}?lang=en")).text
        tabs = page[page.index('class="tabs') :]
        assert "Who comes" in tabs and all(
            f'href="/desk/exchange/{session}{other}"' in tabs for other in (*parts, "/door")
        )
    clock.now = STARTS + timedelta(hours=3)
    assert "Who came: " in (await desk.get(f"/desk/exchange/{session}/people")).text


async def test_who_is_taken_off_reads_who_did_it_and_why(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    one, two = await go(db, cast.member, session), await go(db, cast.resident, session)
    path, off = f"/desk/exchange/{session}/people", {"form": "take_off", "version": "1"}
    desk = visit(cast.coordinator)
    await post_form(desk, path, {**off, "registration_id": str(one.id), "reason": "Zapis zrobiono dwa razy."})
    api = f"/api/sessions/{session}/registrations/{two.id}/cancel"
    assert (await visit(cast.coordinator).post(api, json={"reason": "Telefon"})).status_code == 200
    told = [mail for mail in await mails(db) if "no longer on the list" in mail]
    assert len(told) == 2 and all("organiser has taken you off" in mail and "Thank you" not in mail for mail in told)
    assert "Zapis zrobiono dwa razy." in told[0] + told[1] and "Telefon" in told[0] + told[1]


async def test_the_list_to_be_signed_says_the_room_before_anybody_registers(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    desk, day = visit(cast.coordinator), str(STARTS.date())
    room = {"mode": "room", "space_id": str(cast.room_l), "day": day, "starts": "17:00", "ends": "19:00"}
    new = {"form": "session", "version": "0", "gmina": str(cast.niepolomice), "kind": "workshop", "title_pl": "Cło"}
    made = await post_form(desk, "/desk/exchange/new", {**new, **room})
    listed = text_of((await desk.get(f"{made.headers['location']}/list.pdf")).content)
    assert "Bocheńska 26, Niepołomice" in listed


async def test_papers_say_the_year_and_names_in_polish_order(db: Database, cast: Cast, visit, clock) -> None:  # type: ignore[no-untyped-def]
    session, coordinator = await a_session(db, cast.niepolomice, presence_percent=50), visit(cast.coordinator)
    for who, name in ((cast.member, "Łucja Żak"), (cast.resident, "Zofia Ćma"), (cast.stranger, "Lena Dąb")):
        made = await go(db, who, session)
        async with statement(db) as tx:
            await tx.execute("UPDATE ticket SET name = $1, minutes = 120 WHERE registration_id = $2", name, made.id)
    listed = text_of((await coordinator.get(f"/desk/exchange/{session}/list.pdf")).content)
    assert listed.index("Lena") < listed.index("Łucja") < listed.index("Zofia")
    sheet = await coordinator.get(f"/desk/exchange/{session}/people.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    clock.now = STARTS + timedelta(hours=3)
    await post_form(coordinator, f"/desk/exchange/{session}/people", {"form": "certify", "version": "1"})
    async with statement(db) as tx:
        address = "/exchange/certificates/" + await tx.fetchval("SELECT code FROM session_certificate LIMIT 1")
    paper = text_of((await visit().get(f"{address}/paper")).content)
    page = (await visit().get(address)).text
    when = f"{STARTS.year}, {STARTS.astimezone(WARSAW):%H:%M}"
    assert when in " ".join(paper.split()) and when in page
