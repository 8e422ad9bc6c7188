"""The first page and a gmina's."""

from collections.abc import Callable

import httpx
from hypothesis import given
from hypothesis import strategies as st

from incubator.db.engine import Database, transaction
from incubator.kernel.alphabet import alphabetical
from incubator.places.chart import Place, chart
from tests.applications.cast import CLOSES, opened
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.mentoring.cast import a_mentor

Visit = Callable[..., httpx.AsyncClient]


async def test_the_first_page_lists_gminas_with_their_incubators(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE gmina SET latitude = 50.03, longitude = 20.22 WHERE id = $1", cast.niepolomice)
        await tx.execute("UPDATE incubator SET status = 'planned' WHERE id = $1", cast.rynek)
    answer = await visit().get("/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert 'href="/gminas/skawina"' in answer.text and 'href="/incubators/las"' in answer.text
    assert "planned" in answer.text and "8 spaces" in answer.text
    assert answer.text.count("<circle") == 1, "only gminas with a known place are on the map"


async def test_the_first_page_leads_to_mentors_and_to_calls_that_are_open(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await a_mentor(db, cast)
    await opened(db, cast)
    home = (await visit().get("/", headers={"accept-language": "en"})).text
    assert 'href="/mentors/any"' in home and "1 mentor<" in home
    assert "You can apply now" in home and 'href="/programmes/' in home
    clock.now = CLOSES
    assert "You can apply now" not in (await visit().get("/?lang=en")).text


async def test_a_gmina_shows_spaces_and_escapes_what_people_typed(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute(
            "UPDATE space SET name_pl = '<script>x</script> 🛋️ ‮abc', name_en = '' WHERE id = $1", cast.room_l
        )
    answer = await visit().get("/gminas/niepolomice")
    assert "<script>x" not in answer.text and "&lt;script&gt;" in answer.text and "🛋️" in answer.text


async def test_an_unknown_gmina_is_a_page_that_says_so(visit: Visit) -> None:
    answer = await visit().get("/gminas/atlantis")
    assert answer.status_code == 404 and "<h1>" in answer.text


def test_names_sort_as_the_polish_alphabet_does() -> None:
    names = ["Zielonki", "Świątniki Górne", "Skawina", "Żary", "Źródła", "Łąki", "Liszki", "Mogilany"]
    assert sorted(names, key=alphabetical) == [
        "Liszki", "Łąki", "Mogilany", "Skawina", "Świątniki Górne", "Zielonki", "Źródła", "Żary",
    ]  # fmt: skip


places = st.builds(
    Place,
    slug=st.just("x"),
    name=st.text("aą", min_size=1, max_size=24),
    latitude=st.floats(49.9, 50.2),
    longitude=st.floats(19.6, 20.3),
    status=st.just("open"),
)


@given(st.lists(places, max_size=20))
def test_every_place_is_on_the_map(given_places: list[Place]) -> None:
    drawn = chart(given_places)
    assert len(drawn.spots) == len(given_places)
    for spot in drawn.spots:
        assert 0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height


def test_names_on_the_map_cover_no_dot_and_no_other_name() -> None:
    from incubator.demo.gminas import gminas
    from incubator.places.chart import DOT, Box, _box

    drawn = chart(
        Place(slug=g.slug, name=g.name, latitude=g.portrait.latitude, longitude=g.portrait.longitude, status="open")
        for g in gminas()
    )
    names = [_box(spot.name, spot.label_x, spot.label_y) for spot in drawn.spots]
    dots = [Box(spot.x - DOT, spot.y - DOT, spot.x + DOT, spot.y + DOT) for spot in drawn.spots]
    assert len(drawn.spots) == 15
    for n, name in enumerate(names):
        assert not any(name.overlaps(other) for other in names[n + 1 :])
        assert not any(name.overlaps(dot) for dot in dots)
