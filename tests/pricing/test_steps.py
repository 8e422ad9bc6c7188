"""What goes back to who calls off, as a list says it: kept, copied, checked when it is published, and shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.people.guards import NotYours
from incubator.pricing.details import StepLine, StepsWish
from incubator.pricing.draft_list import draft_list
from incubator.pricing.publish_list import publish_list
from incubator.pricing.reach import ListPublished
from incubator.pricing.set_steps import SameStepTwice, StepsRise, set_steps
from incubator.pricing.views_lists import PriceListView
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.pricing.cast import LATER, a_draft, a_tariff, details
from tests.pricing.test_pages import send

Visit = Callable[..., httpx.AsyncClient]
WEEK, DAY = 7 * 1440, 1440


def steps(*told: tuple[int, int]) -> StepsWish:
    return StepsWish(steps=[StepLine(before_minutes=before, percent=percent) for before, percent in told])


async def drafted(db: Database, cast: Cast, *told: tuple[int, int]) -> PriceListView:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l), day=LATER)
        return await set_steps(tx, actor=actor, list_id=draft.id, wish=steps(*told), now=NOW)


async def publish(db: Database, cast: Cast, list_id: UUID) -> PriceListView:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        return await publish_list(tx, actor=actor, list_id=list_id, now=NOW)


def said(view: PriceListView) -> list[tuple[int, int]]:
    return [(one.before_minutes, one.percent) for one in view.steps]


async def test_steps_are_kept_all_anew_the_most_time_first(db: Database, cast: Cast) -> None:
    draft = await drafted(db, cast, (DAY, 50), (WEEK, 100))
    assert said(draft) == [(WEEK, 100), (DAY, 50)]
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        told: dict[str, Any] = {"actor": actor, "list_id": draft.id, "now": NOW}
        again = await set_steps(tx, wish=steps((0, 10)), seen=draft.version, **told)
        assert said(again) == [(0, 10)]
        with pytest.raises(ChangedMeanwhile):
            await set_steps(tx, wish=steps(), seen=draft.version, **told)
        with pytest.raises(SameStepTwice):
            await set_steps(tx, wish=steps((5, 10), (5, 20)), **told)


async def test_a_list_that_gives_more_back_to_the_later_one_is_not_published(db: Database, cast: Cast) -> None:
    draft = await drafted(db, cast, (WEEK, 50), (DAY, 60))
    with pytest.raises(StepsRise):
        await publish(db, cast, draft.id)
    level = await drafted(db, cast, (WEEK, 50), (DAY, 50))
    assert said(await publish(db, cast, level.id)) == [(WEEK, 50), (DAY, 50)]


async def test_a_draft_from_a_list_has_its_steps(db: Database, cast: Cast) -> None:
    published = await publish(db, cast, (await drafted(db, cast, (WEEK, 100), (DAY, 50))).id)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        told: dict[str, Any] = {"actor": actor, "incubator_id": cast.las, "details": details(), "now": NOW}
        copy = await draft_list(tx, copy_of=published.id, **told)
    assert said(copy) == [(WEEK, 100), (DAY, 50)]


async def test_of_a_published_list_they_stand_for_verbs_and_for_the_database(db: Database, cast: Cast) -> None:
    published = await publish(db, cast, (await drafted(db, cast, (DAY, 50))).id)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        with pytest.raises(ListPublished):
            await set_steps(tx, actor=actor, list_id=published.id, wish=steps(), now=NOW)
    for deed in (
        "DELETE FROM cancellation_step WHERE list_id = $1",
        "UPDATE cancellation_step SET percent = 90 WHERE list_id = $1",
        "INSERT INTO cancellation_step VALUES ($1, 7, 10)",
    ):
        with pytest.raises(asyncpg.RestrictViolationError):
            async with transaction(db) as tx:
                await tx.execute(deed, published.id)


async def test_only_the_gminas_coordinator_says_them(db: Database, cast: Cast) -> None:
    draft = await drafted(db, cast)
    actor = await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        with pytest.raises(NotYours):
            await set_steps(tx, actor=actor, list_id=draft.id, wish=steps(), now=NOW)


async def test_the_desk_says_them_by_a_form_and_everybody_reads_them(visit: Visit, db: Database, cast: Cast) -> None:
    draft = await drafted(db, cast)
    client, at = visit(cast.coordinator), f"/desk/prices/{draft.id}"
    rows = {
        "row_0": "yes", "before_0": "7", "before_0_unit": "day", "percent_0": "100",
        "row_1": "yes", "before_1": "24", "before_1_unit": "hour", "percent_1": "50",
        "row_2": "yes", "before_2": "", "before_2_unit": "day", "percent_2": "",
    }  # fmt: skip
    saved = await send(client, at, "steps", **rows)
    assert saved.status_code == 303, saved.text
    assert "till 7 days before – all of it; till 24 hours before – 50%; later – nothing" in (await client.get(at)).text
    half = await send(client, at, "steps", **{**rows, "percent_1": ""})
    assert half.status_code == 422 and 'name="before_0" value="7"' in half.text
    await publish(db, cast, draft.id)
    public = (await visit(None).get("/prices/las", headers={"accept-language": "pl"})).text
    assert "do 7 dni przed – całość; do 24 godzin przed – 50%; później – nic" in public


async def test_the_api_says_them_and_shows_them(visit: Visit, db: Database, cast: Cast) -> None:
    draft = await drafted(db, cast)
    client, at = visit(cast.coordinator), f"/api/price-lists/{draft.id}"
    body = {"steps": [{"before_minutes": 60, "percent": 20}]}
    kept = await client.put(f"{at}/cancellation-steps", json=body, headers={"if-match": f'"{draft.version}"'})
    assert kept.status_code == 200 and kept.json()["steps"] == body["steps"]
    for wrong in ({"before_minutes": -1, "percent": 20}, {"before_minutes": 60, "percent": 101}):
        assert (await client.put(f"{at}/cancellation-steps", json={"steps": [wrong]})).status_code in (400, 422)
