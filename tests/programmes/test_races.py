"""What the database judges when two come at once, on real commits."""

from datetime import timedelta

from incubator.db.engine import Database, statement, transaction
from incubator.places.slugs import SlugTaken
from incubator.programmes.close_programme import EditionsGoingOn, close_programme
from incubator.programmes.describe_edition import PlacesGivenAway, describe_edition
from incubator.programmes.details import EditionDetails, PerkLine, ProgrammeDetails, TermsText
from incubator.programmes.found_programme import found_programme
from incubator.programmes.publish_edition import ProgrammeNotPublished, publish_edition
from incubator.programmes.publish_terms import publish_terms
from incubator.programmes.set_perks import PerksFrozen, set_perks
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.acts import admit, an_edition, doing
from tests.races import outcomes

TERMS = TermsText(text_pl="§ 1", in_force_from=NOW.date())


async def test_of_many_versions_from_one_page_one_is_published(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    got = await outcomes(
        *(
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: publish_terms(tx, actor=actor, edition_id=key, terms=TERMS, seen=1, now=NOW),
            )
            for _ in range(10)
        )
    )
    assert got.count(ChangedMeanwhile) == 9


async def test_versions_published_at_once_are_counted_without_a_gap(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    await outcomes(
        *(
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: publish_terms(tx, actor=actor, edition_id=key, terms=TERMS, now=NOW),
            )
            for _ in range(10)
        )
    )
    async with statement(db) as tx:
        found = await tx.fetch("SELECT version FROM edition_terms WHERE edition_id = $1 ORDER BY version", key)
    assert [row["version"] for row in found] == list(range(1, 11))


async def test_places_never_fall_below_those_that_are_given_away_meanwhile(db: Database, cast: Cast) -> None:
    details = EditionDetails(name_pl="E", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=9), places=2)
    for _ in range(5):
        key = await an_edition(db, cast, places=8)

        async def take() -> object:
            async with transaction(db) as tx:
                taken = "UPDATE edition SET places_taken = places_taken + 1 WHERE id = $1 AND places_taken < places"
                return await tx.execute(taken, key)  # noqa: B023

        got = await outcomes(
            *(take() for _ in range(8)),
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: describe_edition(tx, actor=actor, edition_id=key, details=details, now=NOW),  # noqa: B023
            ),
        )
        async with statement(db) as tx:
            row = await tx.fetchrow("SELECT places, places_taken FROM edition WHERE id = $1", key)
        assert row is not None
        assert (row["places"], row["places_taken"]) == ((8, 8) if got[-1] is PlacesGivenAway else (2, 2))


async def test_perks_change_before_an_admission_or_not_at_all(db: Database, cast: Cast) -> None:
    """Whoever is admitted counts the perks that stand when their admission commits."""
    for _ in range(5):
        key = await an_edition(db, cast)
        perks = [PerkLine(kind="seats", amount=2)]
        got = await outcomes(
            admit(db, cast, key),
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: set_perks(tx, actor=actor, edition_id=key, perks=perks, now=NOW),  # noqa: B023
            ),
        )
        again = await outcomes(
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: set_perks(tx, actor=actor, edition_id=key, perks=[], now=NOW),  # noqa: B023
            )
        )
        async with statement(db) as tx:
            kept = await tx.fetchval("SELECT count(*) FROM edition_perk WHERE edition_id = $1", key)
        assert again == [PerksFrozen]
        assert kept == (0 if got[1] is PerksFrozen else 1)


async def test_a_programme_is_closed_or_its_edition_published_never_both(db: Database, cast: Cast) -> None:
    for _ in range(5):
        key = await an_edition(db, cast, state="draft")
        async with statement(db) as tx:
            programme = await tx.fetchval("SELECT programme_id FROM edition WHERE id = $1", key)
        got = await outcomes(
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: publish_edition(tx, actor=actor, edition_id=key, now=NOW),  # noqa: B023
            ),
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: close_programme(tx, actor=actor, programme_id=programme, now=NOW),  # noqa: B023
            ),
        )
        assert (got[0] is ProgrammeNotPublished) != (got[1] is EditionsGoingOn), got


async def test_one_address_is_given_once(db: Database, cast: Cast) -> None:
    details = ProgrammeDetails(name_pl="Start")
    got = await outcomes(
        *(
            doing(
                db,
                cast.coordinator,
                lambda tx, actor: found_programme(
                    tx, actor=actor, gmina_id=cast.niepolomice, slug="start", details=details, now=NOW
                ),
            )
            for _ in range(8)
        )
    )
    assert got.count(SlugTaken) == 7
