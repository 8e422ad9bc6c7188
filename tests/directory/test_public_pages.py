"""The directory as its readers and those who stand in it see it."""

from incubator.db.engine import Database, transaction
from incubator.directory.describe_profile import describe_profile
from incubator.directory.publish_profile import publish_profile
from tests.cast import Cast, acting
from tests.directory.cast import DETAILS
from tests.moments import NOW


async def test_those_of_a_company_find_the_way_to_change_what_is_said_of_it(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    async with transaction(db) as tx:
        owner = await acting(db, cast.owner)
        made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
        await publish_profile(tx, actor=owner, organisation_id=cast.acme, seen=made.version, now=NOW)
    change = f'href="/organisations/{cast.acme}/profile"'
    for address in (f"/directory/{made.company.slug}", "/directory"):
        assert change in (await visit(cast.owner).get(address)).text
        for other in (visit(), visit(cast.stranger)):
            assert change not in (await other.get(address)).text
