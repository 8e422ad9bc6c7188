"""The Checkout page: for those who click through by hand, and for the browser's tests."""

from html import escape
from typing import TYPE_CHECKING

from tests.stripe_fake.http import Answer, Request
from tests.stripe_fake.wrong import Wrong

if TYPE_CHECKING:
    from tests.stripe_fake.server import FakeStripe

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Checkout (fake)</title><h1>{amount} zł</h1><form method="post">{buttons}</form>"""
BUTTON = '<button name="method" value="{0}">{0}</button> '


def checkout_page(fake: "FakeStripe", request: Request) -> Answer:
    key = request.path.removeprefix("/pay/")
    fake.pass_time()
    session = next((one for one in fake.sessions() if one["id"] == key), None)
    if session is None:
        return Answer(404, b"")
    if request.method != "POST":
        buttons = "".join(BUTTON.format(method) for method in [*session["payment_method_types"], "back"])
        page = PAGE.format(amount=escape(f"{session['amount_total'] / 100:.2f}"), buttons=buttons)
        return Answer(200, page.encode(), {"content-type": "text/html; charset=utf-8"})
    method = dict(request.form)["method"]
    if method == "back":
        return Answer(303, b"", {"location": session["cancel_url"] or session["success_url"]})
    try:
        fake.pay(key, method)
    except Wrong as wrong:
        return wrong.answer
    return Answer(303, b"", {"location": session["success_url"].replace("{CHECKOUT_SESSION_ID}", key)})
