"""Pages of price lists, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, Sight

DRAFT = "SELECT id AS list_id FROM price_list WHERE state = 'draft' LIMIT 1"
IN_FORCE = """SELECT price_list.id AS list_id FROM price_list JOIN incubator ON incubator.id = incubator_id, clock
    WHERE slug = 'las' AND state = 'published' AND in_force_from <= clock.now::date LIMIT 1"""
TARIFF = """SELECT list_id, tariff.id AS tariff_id FROM tariff JOIN price_list ON price_list.id = list_id
    WHERE state = 'draft' ORDER BY position {0} LIMIT 1"""
EXTRA = """SELECT list_id, extra.id AS extra_id FROM extra JOIN price_list ON price_list.id = list_id
    WHERE state = 'draft' ORDER BY position LIMIT 1"""
PAST = """SELECT price_list.id AS list_id, booking.id AS booking FROM booking JOIN space ON space.id = space_id
    JOIN price_list ON price_list.incubator_id = booking.incubator_id, clock
    WHERE price_list.state = 'draft' AND booking.state = 'completed' AND part_of IS NULL AND upper(period) < clock.now
    ORDER BY lower(period) DESC LIMIT 1"""
DESK = "/desk/prices/{list_id}"
LISTS = Sight(path="/desk/incubators/{slug}/prices", who=COORDINATOR, find="SELECT 'las' AS slug")
LIST = Sight(path=DESK, what="draft", who=COORDINATOR, find=DRAFT)
ONE_TARIFF = Sight(path=f"{DESK}/tariffs/{{tariff_id}}", who=COORDINATOR, find=TARIFF.format(""))
NEW_TARIFF = Sight(path=f"{DESK}/tariffs/new", who=COORDINATOR, find=DRAFT)
ONE_EXTRA = Sight(path=f"{DESK}/extras/{{extra_id}}", who=COORDINATOR, find=EXTRA)
NEW_EXTRA = Sight(path=f"{DESK}/extras/new", who=COORDINATOR, find=DRAFT)


def venue(slug: str) -> str:
    return f"SELECT '{slug}' AS slug"


SIGHTS: tuple[Sight, ...] = (
    Sight(path="/prices/{slug}", find=venue("las")),
    Sight(path="/prices/{slug}", what="net, by the month", find=venue("klaster-zablocie")),
    Sight(path="/prices/{slug}", what="nothing is charged", find=venue("pogorze")),
    Sight(path="/prices/{slug}/cost", find=venue("las")),
    Sight(path="/prices/{slug}/cost", what="nothing is charged", find=venue("pogorze")),
    Sight(
        path="/prices/{slug}/cost",
        what="over days, for a member",
        who=MEMBER,
        find=venue("klaster-zablocie"),
        query="day=2026-12-01&until=2026-12-03&starts=10:00&ends=14:00&people=12&who=ngo",
    ),
    Sight(path="/prices/{slug}/cost", what="backwards", find=venue("las"), query="starts=12:00&ends=10:00"),
    LISTS,
    Sight(
        path="/desk/incubators/{slug}/prices",
        what="none yet",
        who="koordynator.mogilany",
        find="SELECT incubator.slug FROM incubator JOIN gmina ON gmina.id = gmina_id WHERE gmina.slug = 'mogilany'",
    ),
    LIST,
    Sight(path=DESK, what="in force", who=COORDINATOR, find=IN_FORCE),
    Sight(path=DESK, what="of another gmina", who="koordynator.skawina", find=DRAFT, status=404),
    ONE_TARIFF,
    Sight(
        path=f"{DESK}/tariffs/{{tariff_id}}",
        what="with more",
        who=COORDINATOR,
        find=TARIFF.format("DESC"),
    ),
    NEW_TARIFF,
    ONE_EXTRA,
    NEW_EXTRA,
    Sight(path=f"{DESK}/try", who=COORDINATOR, find=DRAFT),
    Sight(path=f"{DESK}/try", what="on a booking", who=COORDINATOR, find=PAST, query="booking={booking}"),
)
NO_PAGES: dict[str, str] = {}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=LISTS, form=of("draft"), typed={"name_pl": LONG, "in_force_from": "2026-12-01"}),
    Refusal(at=LIST, form=of("list"), typed={"act_url": "ftp://x"}),
    Refusal(at=LIST, form=of("steps"), typed={"before_0": "7", "percent_0": ""}),
    Refusal(at=LIST, form=of("publish"), typed={"sure": ""}),
    Refusal(at=ONE_TARIFF, form=of("tariff"), typed={"price_0": "a lot"}),
    Refusal(at=NEW_TARIFF, form=of("tariff"), typed={"name_pl": "Nowa", "price_0": "99,99", "step_minutes": "30"}),
    Refusal(at=ONE_EXTRA, form=of("extra"), typed={"price": "-1"}),
    Refusal(at=NEW_EXTRA, form=of("extra"), typed={"name_pl": "Kurs", "price": "100", "vat": "zw"}),
)
