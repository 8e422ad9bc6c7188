"""`make pictures`: what every page looks like, on a wide screen and on a phone, in both languages, as
screenshots/pl-1280/incubators-slug.png and so on. For people to look at; nothing is compared."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from incubator.db.embedded import embedded
from incubator.db.migrate import migrate
from tests.browser.chromium import chromium
from tests.browser.every import EVERY_SIGHT
from tests.browser.finding import find
from tests.browser.house import open_house
from tests.browser.sights import Sight
from tests.browser.visiting import LANGUAGES, enter
from tests.conftest import QUICK

FOLDER = Path("screenshots")
WIDTHS = (1280, 360)


def name_of(sight: Sight) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(sight)).strip("-") or "start"


async def take(url: str, folder: Path, wanted: str) -> None:
    """Pictures of the sights with `wanted` in their name."""
    async with chromium() as browser, open_house(url, folder) as house:
        for locale in LANGUAGES:
            for width in WIDTHS:
                for sight in EVERY_SIGHT:
                    if wanted in str(sight):
                        found = await find(house.db, sight)
                        visitor = await enter(browser, house, found.who, locale=locale, width=width)
                        await visitor.open(found.address)
                        path = FOLDER / f"{locale}-{width}" / f"{name_of(sight)}.png"
                        await visitor.page.screenshot(path=path, full_page=True)
                        await visitor.page.context.close()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        with embedded(path, configuration=QUICK) as url:
            migrate(url)
            asyncio.run(take(url, path, "".join(sys.argv[1:2])))
    print(f"{sum(1 for _ in FOLDER.rglob('*.png'))} pictures in {FOLDER}/")


if __name__ == "__main__":
    main()
