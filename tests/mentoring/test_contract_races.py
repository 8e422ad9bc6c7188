"""What the database judges when two come at once: a mentor added twice, a budget changed while it is drawn on."""

from datetime import date

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.mentoring.add_contract import add_contract
from incubator.mentoring.add_mentor import MentorAlready, add_mentor
from incubator.mentoring.change_contract import change_contract
from incubator.mentoring.contracts import BudgetBelowUse, ContractDaysCross, ContractNumberTaken
from incubator.mentoring.details import ContractTerms, PolicyLimits
from incubator.mentoring.set_policy import set_policy
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.moments import NOW
from tests.races import outcomes


def terms(budget: int = 600, number: str = "1/26") -> ContractTerms:
    return ContractTerms(
        number=number, starts=date(2026, 1, 1), ends=date(2026, 12, 31), rate_minor=15_000, budget_minutes=budget
    )


async def test_one_person_added_by_two_coordinators_at_once_is_one_mentor(db: Database, cast: Cast) -> None:
    one, two = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)

    async def add(turn: int) -> object:
        actor, gmina = (one, cast.niepolomice) if turn % 2 else (two, cast.skawina)
        return await attempt(
            db, lambda tx: add_mentor(tx, actor=actor, gmina_id=gmina, email="new@example.com", name="Nowa", now=NOW)
        )

    got = await outcomes(*(add(turn) for turn in range(10)))
    assert got.count(MentorAlready) == 9, got
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM mentor") == 1
        assert await tx.fetchval("SELECT count(*) FROM account WHERE email = 'new@example.com'") == 1
        assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = 'new@example.com'") == 1


async def test_two_people_of_one_name_added_at_once_have_two_addresses(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)

    async def add(turn: int) -> object:
        return await attempt(
            db,
            lambda tx: add_mentor(
                tx, actor=actor, gmina_id=cast.niepolomice, email=f"n{turn}@example.com", name="Jan Kot", now=NOW
            ),
        )

    got = await outcomes(*(add(turn) for turn in range(6)))
    assert len({view.slug for view in got}) == 6  # type: ignore[attr-defined]


async def with_contract(db: Database, cast: Cast) -> tuple[MentorAtHand, object]:
    ewa, actor = await a_mentor(db, cast), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        made = await add_contract(tx, actor=actor, mentor_id=ewa.id, terms=terms(), now=NOW)
    return ewa, made.id


async def test_a_budget_is_never_below_what_is_used_whoever_is_quicker(db: Database, cast: Cast) -> None:
    ewa, key = await with_contract(db, cast)
    actor = await acting(db, cast.coordinator)

    async def draw() -> object:
        # As booking a meeting does: the check constraint is the judge.
        async with transaction(db) as tx:
            return await tx.fetchval(
                "UPDATE mentor_contract SET used_minutes = used_minutes + 60"
                " WHERE id = $1 AND used_minutes + 60 <= budget_minutes RETURNING used_minutes",
                key,
            )

    async def shrink(budget: int) -> object:
        return await attempt(
            db,
            lambda tx: change_contract(
                tx,
                actor=actor,
                mentor_id=ewa.id,
                contract_id=key,
                terms=terms(budget),
                now=NOW,  # type: ignore[arg-type]
            ),
        )

    got = await outcomes(*[act for n in range(10) for act in (draw(), shrink(n * 60))])
    assert BudgetBelowUse in got
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM mentor_contract WHERE id = $1", key)
    assert 0 <= row["used_minutes"] <= row["budget_minutes"]


async def test_of_two_changes_made_from_one_version_one_is_refused(db: Database, cast: Cast) -> None:
    ewa, key = await with_contract(db, cast)
    actor = await acting(db, cast.coordinator)

    async def change(budget: int) -> object:
        return await attempt(
            db,
            lambda tx: change_contract(
                tx,
                actor=actor,
                mentor_id=ewa.id,
                contract_id=key,
                terms=terms(budget),
                seen=1,
                now=NOW,  # type: ignore[arg-type]
            ),
        )

    got = await outcomes(*(change(700 + n) for n in range(8)))
    assert got.count(ChangedMeanwhile) == 7


async def test_a_number_is_given_once(db: Database, cast: Cast) -> None:
    ewa, actor = await a_mentor(db, cast), await acting(db, cast.coordinator)

    async def add() -> object:
        return await attempt(db, lambda tx: add_contract(tx, actor=actor, mentor_id=ewa.id, terms=terms(), now=NOW))

    got = await outcomes(*(add() for _ in range(8)))
    assert got.count(ContractNumberTaken) == 7
    async with transaction(db) as tx:
        other = await add_contract(tx, actor=actor, mentor_id=ewa.id, terms=terms(number="2/26"), now=NOW)

    async def rename(number: str, **changed: object) -> object:
        given = ContractTerms(
            **{**{f: getattr(terms(), f) for f in terms().__struct_fields__}, "number": number, **changed}
        )
        return await attempt(
            db,
            lambda tx: change_contract(tx, actor=actor, mentor_id=ewa.id, contract_id=other.id, terms=given, now=NOW),
        )

    assert await outcomes(rename("1/26")) == [ContractNumberTaken]
    assert await outcomes(rename("3/26", ends=date(2025, 1, 1))) == [ContractDaysCross]


async def test_of_two_policies_made_from_nothing_one_is_refused(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)

    async def put(minutes: int) -> object:
        limits = PolicyLimits(organisation_minutes=minutes)
        return await attempt(
            db, lambda tx: set_policy(tx, actor=actor, gmina_id=cast.niepolomice, limits=limits, seen=0, now=NOW)
        )

    got = await outcomes(*(put(n) for n in range(8)))
    assert got.count(ChangedMeanwhile) == 7
