"""The token of a form, as anybody may send it: wrong ones are refused in words, and never a fault."""

from collections.abc import Callable

import httpx
import pytest

from tests.browsing import post_form

Visit = Callable[..., httpx.AsyncClient]
Sent = list[tuple[str, tuple[str | None, str]]]
"""Parts of a multipart form: a name, and the name of a file (or none) with what it holds."""

EMAIL = ("email", (None, "a@example.com"))
WRONG: dict[str, Sent] = {
    "none": [],
    "a file": [("_csrf_token", ("token.txt", "{token}"))],
    "a file and the token": [("_csrf_token", ("token.txt", "x")), ("_csrf_token", (None, "{token}"))],
    "two, a wrong one first": [("_csrf_token", (None, "x" * 128)), ("_csrf_token", (None, "{token}"))],
    "empty": [("_csrf_token", (None, ""))],
    "not ASCII": [("_csrf_token", (None, "ż" * 128))],
    "the token and more": [("_csrf_token", (None, "{token}ż"))],
    "NUL": [("_csrf_token", (None, "\0" * 128))],
    "the token and NUL": [("_csrf_token", (None, "{token}\0"))],
    "very long": [("_csrf_token", (None, "0" * 1_000_000))],
    "nearly right": [("_csrf_token", (None, "{token}0"))],
}


def filled(sent: Sent, token: str) -> Sent:
    return [EMAIL, *((name, (file, text.replace("{token}", token))) for name, (file, text) in sent)]


async def visited(visit: Visit) -> tuple[httpx.AsyncClient, str]:
    browser = visit()
    await browser.get("/accessibility?lang=en")
    return browser, browser.cookies["csrf"]


def refused(answer: httpx.Response) -> None:
    assert answer.status_code == 403, answer.text[:300]
    assert answer.text.count("<h1") == 1 and "wrong_form_token" in answer.text
    assert "This form is out of date" in answer.text


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_token_in_a_form_with_files_is_refused_in_words(visit: Visit, wrong: str) -> None:
    browser, token = await visited(visit)
    refused(await browser.post("/sign-in", files=filled(WRONG[wrong], token)))


@pytest.mark.parametrize("wrong", [name for name in WRONG if "file" not in name])
async def test_a_wrong_token_in_a_plain_form_is_refused_in_words(visit: Visit, wrong: str) -> None:
    browser, token = await visited(visit)
    data: dict[str, list[str]] = {}
    for name, (_, text) in filled(WRONG[wrong], token):
        data.setdefault(name, []).append(text)
    refused(await browser.post("/sign-in", data=data))


@pytest.mark.parametrize("header", ["x", "x" * 128, "\xff" * 128, "x" * 100_000])
async def test_a_wrong_token_in_the_header_is_refused_in_words(visit: Visit, header: str) -> None:
    browser, token = await visited(visit)
    form = {"email": "a@example.com", "_csrf_token": token}
    refused(await browser.post("/sign-in", data=form, headers={b"x-csrftoken": header.encode("latin-1")}))


async def test_the_right_token_is_taken_from_either_kind_of_form_and_from_the_header(visit: Visit) -> None:
    browser, token = await visited(visit)
    right = [("_csrf_token", (None, "{token}"))]
    answers = [
        await browser.post("/sign-in", files=filled([*right], token)),
        await browser.post("/sign-in", files=filled([*right, *right], token)),
        await browser.post("/sign-in", data={"email": "a@example.com", "_csrf_token": token}),
        await browser.post("/sign-in", data={"email": "a@example.com"}, headers={"x-csrftoken": token}),
    ]
    assert [answer.headers.get("location") for answer in answers] == ["/sign-in/sent"] * 4


@pytest.mark.parametrize("kept", ["x", "x" * 128, "\xff" * 128, "0" * 6000])
async def test_who_has_a_cookie_that_is_not_ours_gets_one_that_is(visit: Visit, kept: str) -> None:
    """After a change of the key nobody could send a form, until their browser forgot the cookie."""
    cookie = b"csrf=" + kept.encode("latin-1")
    answer = await visit().get("/sign-in", headers={b"cookie": cookie})
    fresh = answer.cookies["csrf"]
    assert answer.status_code == 200 and fresh in answer.text and fresh != kept
    form = {"email": "a@example.com", "_csrf_token": kept.encode("latin-1").decode("latin-1")}
    assert (await visit().post("/sign-in", data=form, headers={b"cookie": cookie})).status_code == 403


async def test_a_good_cookie_stays_as_it_is(visit: Visit) -> None:
    browser, token = await visited(visit)
    again = await browser.get("/sign-in")
    assert "csrf" not in again.cookies and token in again.text
    assert (await post_form(browser, "/sign-in", {"email": "a@example.com"})).status_code == 303
