"""Lists over the API come in pieces; and a scorer knows whom they declare about."""

from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.assessment.cast import judged_by, put_assignment
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize(
    "path", ["/api/editions/{}/formal-checks", "/api/editions/{}/assessment/progress", "/api/assess"]
)
async def test_lists_are_read_in_pieces(visit: Visit, db: Database, cast: Cast, path: str) -> None:
    judged, _ = await judged_by(db, cast, applications=5)
    async with transaction(db) as tx:
        for application in judged.applications:
            await put_assignment(tx, application, judged.scorers[0].id, cast=cast)
    who = visit(judged.scorers[0] if path == "/api/assess" else cast.coordinator)
    seen: list[str] = []
    after = ""
    for size in (2, 2, 1):
        told = (await who.get(path.format(judged.edition) + f"?limit=2{after}")).json()
        assert len(told["items"]) == size
        seen += [one["application_id"] for one in told["items"]]
        after = f"&after={told['next']}"
    assert told["next"] is None and sorted(seen) == sorted(map(str, judged.applications))
    for bad in ("x", "after", "WyIiLCIwMTk4YzZkYS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ"):
        answer = await who.get(path.format(judged.edition) + f"?after={bad}")
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


@pytest.mark.parametrize("anonymous", [True, False])
async def test_a_scorer_is_told_whose_it_is_before_declaring_unless_the_call_is_anonymous(
    visit: Visit, db: Database, cast: Cast, anonymous: bool
) -> None:
    judged, _ = await judged_by(db, cast, applications=1, anonymous=anonymous)
    key, scorer = judged.applications[0], judged.scorers[0]
    async with transaction(db) as tx:
        await put_assignment(tx, key, scorer.id, cast=cast)
    who = visit(scorer)
    for address in (f"/assess/{key}", "/api/assess"):
        assert ("Firma j_applicant_0" in (await who.get(address)).text) is not anonymous
    assert (await who.get(f"/api/assess/{key}")).json()["code"] == "declare_first"
