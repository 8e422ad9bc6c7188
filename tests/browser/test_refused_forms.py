"""A form that is refused comes back with the reason said out loud, what was typed, and no faults."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.every import EVERY_REFUSAL
from tests.browser.finding import find
from tests.browser.house import House
from tests.browser.refusals import Refusal

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Past what the browser would stop: a program could send it, and so could an older page.
SEND = """([form, typed]) => {
  form.noValidate = true;
  for (const [name, value] of Object.entries(typed)) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList) field.value = value;
    else if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.tagName === "SELECT") field.replaceChildren(new Option(value, value, true, true));
    else { field.removeAttribute("maxlength"); field.value = value; }
  }
  form.requestSubmit();
}"""


@pytest.mark.parametrize(("locale", "width"), [("pl", 1280), ("en", 360)], ids=["pl-1280", "en-360"])
@pytest.mark.parametrize("refusal", EVERY_REFUSAL, ids=str)
async def test_refused_form_says_why(stroll: Enter, house: House, refusal: Refusal, locale: str, width: int) -> None:
    found = await find(house.db, refusal.at)
    visitor = await stroll(found.who, locale=locale, width=width)
    page = visitor.page
    assert await visitor.open(found.address) == 200
    typed = {name: value.format(**found.row) for name, value in refusal.typed.items()}
    form = await page.locator(refusal.form).first.element_handle()
    async with page.expect_navigation() as going:
        await page.evaluate(SEND, [form, typed])
    answer = await going.value
    assert answer is not None and 400 <= answer.status < 500
    await expect(page.get_by_role("alert")).to_be_visible()
    assert (await page.get_by_role("alert").inner_text()).strip()
    faults = await visitor.faults()
    assert not faults, "\n".join(faults)
