"""What the database judges when two come at once."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.ids import digest, new_secret
from incubator.people.answer_invitation import accept_invitation
from incubator.people.attempts import Limit, TooOften, count_attempts
from incubator.people.change_member import change_member
from incubator.people.change_organisation import change_organisation
from incubator.people.details import NipTaken, OrganisationDetails
from incubator.people.found_organisation import found_organisation
from incubator.people.grant_role import RoleGivenAlready, grant_role
from incubator.people.invitations import InvitationOver, NoSuchInvitation
from incubator.people.invite_member import invite_member
from incubator.people.make_token import MOST, TokenWish, TooManyTokens, make_token
from incubator.people.remove_member import remove_member
from incubator.people.sign_in_by_link import LinkUsedUp, sign_in_by_link
from incubator.people.standing import LastOwner
from incubator.people.withdraw_invitation import withdraw_invitation
from incubator.people.withdraw_role import LastAdministrator, withdraw_role
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.races import outcomes


async def link(db: Database, email: str) -> str:
    secret = new_secret()
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO sign_in_link (token_hash, email, expires_at) VALUES ($1, $2, $3)",
            digest(secret),
            email,
            NOW + timedelta(minutes=20),
        )
    return secret


async def use(db: Database, secret: str) -> object:
    return await attempt(
        db, lambda tx: sign_in_by_link(tx, secret=secret, name="New", locale="pl", user_agent="", now=NOW)
    )


async def test_one_link_used_many_times_at_once_signs_in_once(db: Database) -> None:
    secret = await link(db, "new@example.com")
    got = await outcomes(*(use(db, secret) for _ in range(12)))
    assert got.count(LinkUsedUp) == 11


async def test_two_links_of_one_new_address_make_one_account(db: Database) -> None:
    secrets = [await link(db, "new@example.com") for _ in range(8)]
    got = await outcomes(*(use(db, secret) for secret in secrets))
    assert len({signed.account_id for signed in got}) == 1  # type: ignore[attr-defined]


async def test_a_limit_lets_exactly_its_number_through(db: Database) -> None:
    limit = Limit("test", 7, timedelta(hours=1))

    async def once() -> object:
        async with transaction(db) as tx:
            return await count_attempts(tx, (limit, "somebody"), now=NOW)

    got = await outcomes(*(once() for _ in range(20)))
    assert got.count(TooOften) == 13


def change(db: Database, cast: Cast, verb: Callable[..., Awaitable[object]], **given: object) -> Awaitable[object]:
    return attempt(db, lambda tx: verb(tx, organisation_id=cast.acme, now=NOW, **given))


async def owners(db: Database, cast: Cast) -> int:
    async with statement(db) as tx:
        count: int = await tx.fetchval(
            "SELECT count(*) FROM membership WHERE organisation_id = $1 AND role = 'owner'", cast.acme
        )
    return count


async def test_owners_who_leave_all_at_once_leave_one_behind(db: Database, cast: Cast) -> None:
    people = [cast.owner, cast.member, cast.colleague]
    async with transaction(db) as tx:
        await tx.execute("UPDATE membership SET role = 'owner' WHERE organisation_id = $1", cast.acme)
    actors = [await acting(db, person) for person in people]
    got = await outcomes(
        *(change(db, cast, remove_member, actor=actor, account_id=actor.account_id) for actor in actors)
    )
    assert got.count(LastOwner) == 1 and await owners(db, cast) == 1


async def test_owners_who_demote_each_other_at_once_leave_one(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE membership SET role = 'owner' WHERE account_id = $1", cast.member.id)
    one, two = await acting(db, cast.owner), await acting(db, cast.member)
    got = await outcomes(
        change(db, cast, change_member, actor=one, account_id=two.account_id, role="member"),
        change(db, cast, change_member, actor=two, account_id=one.account_id, role="member"),
    )
    assert sum(isinstance(each, type) for each in got) == 1 and await owners(db, cast) == 1


async def test_one_nip_founds_one_organisation(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.resident)
    details = OrganisationDetails(name="Nowa", kind="startup", gmina_id=cast.skawina, nip="7740001454")
    got = await outcomes(
        *(attempt(db, lambda tx: found_organisation(tx, actor=actor, details=details, now=NOW)) for _ in range(8))
    )
    assert got.count(NipTaken) == 7


async def test_invitation_accepted_and_withdrawn_at_once_is_one_of_both(db: Database, cast: Cast) -> None:
    owner, guest = await acting(db, cast.owner), await acting(db, cast.resident)
    for _ in range(6):
        made = await attempt(
            db,
            lambda tx: invite_member(
                tx,
                actor=owner,
                organisation_id=cast.acme,
                email=cast.resident.email,
                role="member",
                address="",
                now=NOW,
            ),
        )
        got = await outcomes(
            attempt(db, lambda tx, key=made.id: accept_invitation(tx, actor=guest, invitation_id=key, now=NOW)),
            change(db, cast, withdraw_invitation, actor=owner, invitation_id=made.id),
        )
        assert (got[0] is InvitationOver) != (got[1] is NoSuchInvitation)
        if got[0] is not InvitationOver:
            await change(db, cast, remove_member, actor=owner, account_id=guest.account_id)


async def test_one_address_has_one_open_invitation(db: Database, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    given = {"actor": owner, "email": "new@example.com", "role": "member", "address": ""}
    await outcomes(*(change(db, cast, invite_member, **given) for _ in range(8)))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM invitation") == 1


async def test_one_role_is_given_once(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.administrator)

    def give() -> Awaitable[object]:
        return attempt(
            db,
            lambda tx: grant_role(tx, actor=actor, email=cast.member.email, role="office", gmina_id=None, now=NOW),
        )

    got = await outcomes(*(give() for _ in range(8)))
    assert got.count(RoleGivenAlready) == 7


async def test_administrators_who_withdraw_each_other_at_once_leave_one(db: Database, cast: Cast) -> None:
    one = await acting(db, cast.administrator)
    async with transaction(db) as tx:
        theirs = await grant_role(tx, actor=one, email=cast.member.email, role="administrator", gmina_id=None, now=NOW)
        mine = await tx.fetchval("SELECT id FROM role_grant WHERE account_id = $1", one.account_id)
    two = await acting(db, cast.member)
    got = await outcomes(
        attempt(db, lambda tx: withdraw_role(tx, actor=one, grant_id=theirs, now=NOW)),
        attempt(db, lambda tx: withdraw_role(tx, actor=two, grant_id=mine, now=NOW)),
    )
    assert got.count(LastAdministrator) == 1


async def test_nobody_gets_a_token_too_many_by_asking_at_once(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    wish = TokenWish(name="x", scopes=["me"], days=1)

    def make() -> Awaitable[object]:
        return attempt(db, lambda tx: make_token(tx, actor=actor, wish=wish, secret=new_secret(), now=NOW))

    got = await outcomes(*(make() for _ in range(MOST + 5)))
    assert got.count(TooManyTokens) == 6  # one came with the cast


async def test_changes_made_to_one_version_at_once_are_one_change(db: Database, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    details = OrganisationDetails(name="Acme 2", kind="startup", gmina_id=cast.skawina)
    got = await outcomes(
        *(change(db, cast, change_organisation, actor=owner, details=details, seen=1) for _ in range(6))
    )
    assert got.count(ChangedMeanwhile) == 5
