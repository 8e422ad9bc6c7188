"""Ways to hand a feed's address to a calendar app."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

import segno
from markupsafe import Markup

DARK, LIGHT = "#15232b", "#ffffff"


@dataclass(frozen=True, slots=True)
class Links:
    """One feed's address in every form that an app takes. `webcal` opens the device's own app: Apple's
    Calendar, Thunderbird, Outlook."""

    https: str
    webcal: str
    google: str
    outlook: str
    outlook_at_work: str


def links_to(url: str, *, name: str) -> Links:
    """`name` is what Outlook shows the calendar under; the others read it in the calendar."""
    webcal = f"webcal://{url.partition('://')[2]}"
    outlook = urlencode({"url": url, "name": name}, quote_via=quote)
    return Links(
        https=url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal}, quote_via=quote)}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        outlook_at_work=f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
    )


def qr_code(text: str) -> Markup:
    """A picture for a phone's camera, as inline SVG: nobody else's service learns the address."""
    made = segno.make(text, error="m", micro=False)
    # What segno writes is made of the code's squares alone.
    return Markup(made.svg_inline(scale=5, border=4, dark=DARK, light=LIGHT))  # noqa: S704
