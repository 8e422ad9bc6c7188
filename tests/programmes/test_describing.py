"""What coordinators and the office say of editions: terms, places, perks, dates, mentors, partners."""

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.db.history import history_of
from incubator.people.guards import NotYours
from incubator.places.slugs import SlugTaken
from incubator.programmes.describe_bundle import describe_bundle
from incubator.programmes.describe_edition import PlacesGivenAway, describe_edition
from incubator.programmes.details import (
    BundleDetails,
    DateLine,
    EditionDetails,
    PartnerLine,
    PerkLine,
    ProgrammeDetails,
    TermsText,
)
from incubator.programmes.found_programme import found_programme
from incubator.programmes.publish_terms import publish_terms
from incubator.programmes.set_dates import set_dates
from incubator.programmes.set_edition_mentors import MentorNotToBeHad, set_edition_mentors
from incubator.programmes.set_partners import set_bundle_partners, set_edition_partners
from incubator.programmes.set_perks import PerksFrozen, set_perks
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.acts import admit, an_edition, doing

DETAILS = EditionDetails(
    name_pl="Edycja", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=180), places=3, presence_percent=70
)
MENTOR = """
WITH made AS (INSERT INTO resource (kind) VALUES ('mentor') RETURNING id)
INSERT INTO mentor (account_id, gmina_id, resource_id, slug, name, state, headline_pl, headline_en, about_pl, about_en,
    online_link, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes, version)
SELECT $1, $2, made.id, $3, $3, $4, '', '', '', '', '', 30, 0, 0, 30, 0, 1 FROM made RETURNING mentor.id
"""


async def test_a_slug_is_made_of_the_name_and_counted_on_where_it_is_taken(db: Database, cast: Cast) -> None:
    details = ProgrammeDetails(name_pl="Żółty Start")
    slugs = [
        (
            await doing(
                db,
                cast.coordinator,
                lambda tx, actor: found_programme(tx, actor=actor, gmina_id=cast.niepolomice, details=details, now=NOW),
            )
        ).brief.slug
        for _ in range(2)
    ]
    assert slugs == ["zolty-start", "zolty-start-2"]
    with pytest.raises(SlugTaken):
        await doing(
            db,
            cast.office,
            lambda tx, actor: found_programme(
                tx, actor=actor, gmina_id=None, slug="zolty-start", details=details, now=NOW
            ),
        )


async def test_the_office_founds_no_programme_of_a_gmina_and_a_coordinator_none_of_another(
    db: Database, cast: Cast
) -> None:
    details = ProgrammeDetails(name_pl="Start")
    for who, gmina in ((cast.office, cast.niepolomice), (cast.coordinator, cast.skawina), (cast.coordinator, None)):
        with pytest.raises(NotYours):
            await doing(
                db,
                who,
                lambda tx, actor: found_programme(tx, actor=actor, gmina_id=gmina, details=details, now=NOW),  # noqa: B023
            )


async def test_terms_get_a_version_each_and_stay_as_they_are(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    for turn in (1, 2):
        terms = TermsText(text_pl=f"§ {turn}", in_force_from=NOW.date() + timedelta(days=turn))
        edition = await doing(
            db,
            cast.coordinator,
            lambda tx, actor: publish_terms(tx, actor=actor, edition_id=key, terms=terms, now=NOW),  # noqa: B023
        )
        assert edition.terms[-1].version == turn
    assert edition.terms_in_force == 1
    for spoil in ("UPDATE edition_terms SET text_pl = ''", "DELETE FROM edition_terms"):
        with pytest.raises(asyncpg.PostgresError, match="stay as they are"):
            async with transaction(db) as tx:
                await tx.execute(spoil)


async def test_an_edition_never_has_fewer_places_than_were_given_away(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast, places=3)
    await admit(db, cast, key)
    describe = lambda places: doing(  # noqa: E731
        db,
        cast.coordinator,
        lambda tx, actor: describe_edition(
            tx,
            actor=actor,
            edition_id=key,
            details=EditionDetails(name_pl="E", starts_on=NOW.date(), ends_on=NOW.date(), places=places),
            now=NOW,
        ),
    )
    assert (await describe(1)).brief.places == 1
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET places = 3, places_taken = 2 WHERE id = $1", key)
    with pytest.raises(PlacesGivenAway) as refused:
        await describe(1)
    assert refused.value.taken == 2


async def test_perks_are_changed_until_somebody_is_admitted_and_not_after_that_person_left(
    db: Database, cast: Cast
) -> None:
    key = await an_edition(db, cast)
    perks = [PerkLine(kind="room_minutes", amount=90), PerkLine(kind="other", name_pl="Porady")]
    give = lambda: doing(  # noqa: E731
        db, cast.coordinator, lambda tx, actor: set_perks(tx, actor=actor, edition_id=key, perks=perks, now=NOW)
    )
    assert [one.amount for one in (await give()).perks] == [90, None]
    await admit(db, cast, key, state="graduated")
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET places_taken = 0 WHERE id = $1", key)
    with pytest.raises(PerksFrozen):
        await give()


async def test_dates_are_told_in_their_order(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    later, sooner = (DateLine(on_day=NOW.date() + timedelta(days=days), name_pl=f"{days}") for days in (9, 2))
    edition = await doing(
        db,
        cast.coordinator,
        lambda tx, actor: set_dates(tx, actor=actor, edition_id=key, dates=[later, sooner], now=NOW),
    )
    assert [one.name_pl for one in edition.dates] == ["2", "9"]


async def a_mentor(db: Database, cast: Cast, person: UUID, state: str = "active") -> UUID:
    async with transaction(db) as tx:
        key: UUID = await tx.fetchval(MENTOR, person, cast.skawina, f"m-{uuid4().hex[:6]}", state)
    return key


async def test_mentors_of_any_gmina_may_be_asked_but_none_that_is_gone(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    there, gone = await a_mentor(db, cast, cast.resident.id), await a_mentor(db, cast, cast.member.id, "retired")
    choose = lambda *chosen: doing(  # noqa: E731
        db,
        cast.coordinator,
        lambda tx, actor: set_edition_mentors(tx, actor=actor, edition_id=key, mentor_ids=list(chosen), now=NOW),
    )
    assert [one.id for one in (await choose(there, there)).mentors] == [there]
    for unknown in (gone, uuid4()):
        with pytest.raises(MentorNotToBeHad):
            await choose(there, unknown)
    async with transaction(db) as tx:
        await tx.execute("UPDATE mentor SET state = 'retired' WHERE id = $1", there)
    # Who retired since may stay chosen, and is not shown.
    assert (await choose(there)).mentors == []


async def test_the_history_of_partners_names_nobody(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    partners = [PartnerLine(name="Jan Kowalski", url="https://example.com")]
    edition = await doing(
        db,
        cast.coordinator,
        lambda tx, actor: set_edition_partners(tx, actor=actor, edition_id=key, partners=partners, now=NOW),
    )
    assert [one.name for one in edition.partners] == ["Jan Kowalski"]
    async with statement(db) as tx:
        told = (await history_of(tx, subject_id=key))[-1]
    assert told["verb"] == "set_partners" and told["after"] == {"partners": 1}


async def test_the_bundle_is_the_offices_and_keeps_its_version(db: Database, cast: Cast) -> None:
    details = BundleDetails(name_pl="Wiązka", about_pl="O wiązce")
    for who in (cast.coordinator, cast.member):
        with pytest.raises(NotYours):
            await doing(db, who, lambda tx, actor: describe_bundle(tx, actor=actor, details=details, now=NOW))
    done = await doing(db, cast.office, lambda tx, actor: describe_bundle(tx, actor=actor, details=details, now=NOW))
    assert done.name_pl == "Wiązka"
    with pytest.raises(ChangedMeanwhile):
        await doing(
            db,
            cast.office,
            lambda tx, actor: set_bundle_partners(tx, actor=actor, partners=[], seen=done.version - 1, now=NOW),
        )


async def test_every_change_of_an_edition_is_of_the_version_that_was_seen(db: Database, cast: Cast) -> None:
    key = await an_edition(db, cast)
    terms = TermsText(text_pl="§", in_force_from=NOW.date())
    about = {"edition_id": key, "seen": 7, "now": NOW}
    for verb, given in (
        (describe_edition, {"details": DETAILS}),
        (publish_terms, {"terms": terms}),
        (set_dates, {"dates": []}),
        (set_perks, {"perks": []}),
        (set_edition_mentors, {"mentor_ids": []}),
        (set_edition_partners, {"partners": []}),
    ):
        with pytest.raises(ChangedMeanwhile):
            await doing(db, cast.coordinator, lambda tx, actor: verb(tx, actor=actor, **about, **given))  # type: ignore[operator]  # noqa: B023
        done = await doing(
            db,
            cast.coordinator,
            lambda tx, actor: verb(tx, actor=actor, **{**about, "seen": None}, **given),  # type: ignore[operator]  # noqa: B023
        )
        assert done.version > 1
