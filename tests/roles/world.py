"""Things for the matrix of roles to be tried on: each line gets its own, so that none needs another."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from incubator.bookings.block import block
from incubator.bookings.hold import hold
from incubator.bookings.join_line import join_line
from incubator.bookings.repeat import repeat
from incubator.bookings.series_rules import Pattern
from incubator.bookings.views import BookingView
from incubator.calendars.make_feed import make_feed
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import digest, new_secret, uuid7
from incubator.kernel.period import Period, local_moment
from incubator.people.actor import Actor, actor_by_account
from tests.cast import Cast, Person, change, joined, space
from tests.moments import NOW

TITLE = "Tajne spotkanie"
"""What the holder calls their bookings; nobody else's business."""
FIRST_DAY = date(2026, 9, 8)


@dataclass(frozen=True, slots=True)
class House:
    """An incubator of its own, with two rooms, the two joined, a zone with a desk, and a quota."""

    id: UUID
    slug: str
    room: UUID
    other: UUID
    both: UUID
    zone: UUID
    quota: UUID


@dataclass(slots=True)
class World:
    """`who` asks; everything is in `gmina` (its slug), and belongs to `holder`, who is a member of
    `organisation`, whose owner is `owner`."""

    db: Database
    cast: Cast
    who: Person | None
    gmina: str
    gmina_id: UUID
    incubator: str
    room: UUID
    room_slug: str
    holder: Person
    owner: Person
    organisation: UUID
    turns: Iterator[int] = field(default_factory=count)
    hours: Iterator[int] = field(default_factory=count)

    async def sql(self, statement_: str, *values: object) -> object:
        async with statement(self.db) as tx:
            return await tx.fetchval(statement_, *values)

    async def acting(self, person: Person) -> Actor:
        """Whatever became of their sessions."""
        async with statement(self.db) as tx:
            found = await actor_by_account(tx, account_id=person.id)
        assert found is not None
        return found

    # Bookings

    def hour(self) -> Period:
        """A time that nothing else here wants."""
        turn = next(self.hours)
        day = FIRST_DAY + timedelta(days=turn // 8 // 4 * 7 + turn // 8 % 4)
        start = local_moment(day, 9 * 60 + turn % 8 * 60)
        return Period(start, start + timedelta(hours=1))

    async def booking(
        self, *, outright: bool = True, period: Period | None = None, room: UUID | None = None
    ) -> BookingView:
        """Of the holder, private."""
        actor, period = await self.acting(self.holder), period or self.hour()
        async with statement(self.db) as tx:
            return await hold(
                tx,
                actor=actor,
                space_id=room or self.room,
                period=period,
                title=TITLE,
                outright=outright,
                now=min(NOW, period.start - timedelta(hours=1)),
            )

    async def request(self) -> BookingView:
        """One that waits for approval."""
        house = await self.house()
        async with transaction(self.db) as tx:
            await change(tx, house.room, needs_approval=True)
        return await self.booking(room=house.room)

    async def begun(self, *, over: bool = False) -> BookingView:
        """One that goes on at this moment, or was over an hour ago."""
        start = local_moment(NOW.date(), 8 * 60 if over else 9 * 60)
        return await self.booking(period=Period(start, start + timedelta(minutes=30)), room=(await self.house()).room)

    async def wish(self) -> UUID:
        """The asker's own place in a line."""
        taken, who = await self.booking(), self.who or self.cast.member
        actor = await self.acting(who)
        async with transaction(self.db) as tx:
            return (await join_line(tx, actor=actor, space_id=taken.space_id, period=taken.period, now=NOW)).id

    async def series(self) -> UUID:
        """Three weeks of the holder's, private."""
        house, actor = await self.house(), await self.acting(self.holder)
        pattern = Pattern(first_day=FIRST_DAY, weekdays=(2,), start_minute=600, length_minutes=60, count=3)
        async with transaction(self.db) as tx:
            made = await repeat(tx, actor=actor, space_id=house.room, pattern=pattern, title=TITLE, now=NOW)
        return made.id

    async def waiting(self) -> UUID:
        """The holder waits for a time that is taken; the incubator where."""
        house, other = await self.house(), await self.acting(self.cast.resident)
        period, holder = self.hour(), await self.acting(self.holder)
        async with transaction(self.db) as tx:
            await hold(tx, actor=other, space_id=house.room, period=period, outright=True, now=NOW)
            await join_line(tx, actor=holder, space_id=house.room, period=period, title=TITLE, now=NOW)
        return house.id

    async def blocked(self) -> UUID:
        house, desk = await self.house(), await self.acting(self.cast.administrator)
        async with transaction(self.db) as tx:
            made = await block(
                tx, actor=desk, space_id=house.room, period=self.hour(), reason="x", bookings="ask", now=NOW
            )
        return made.id

    # Places

    async def house(self) -> House:
        slug = f"house-{next(self.turns)}"
        async with transaction(self.db) as tx:
            key = await tx.fetchval(INCUBATOR, self.gmina_id, slug)
            await tx.execute(HOURS, key)
            room = await space(tx, key, slug="one", capacity=5)
            other = await space(tx, key, slug="two", capacity=5)
            both = await joined(tx, key, slug="both", parts=(room, other), capacity=10)
            zone = await tx.fetchval(ZONE, key)
            await space(tx, key, slug="desk", kind="hot_desk", resource="desk", zone_id=zone)
            quota = await tx.fetchval(QUOTA, key)
        return House(key, slug, room, other, both, zone, quota)

    async def closure(self) -> object:
        return await self.sql(CLOSURE, self.gmina_id)

    # People

    async def org(self) -> UUID:
        """An organisation like `organisation`, with a third person for owners to act upon."""
        key = uuid7()
        async with transaction(self.db) as tx:
            await tx.execute(ORGANISATION, key, self.gmina_id)
            for person, role in ((self.owner, "owner"), (self.holder, "member"), (self.third, "member")):
                await tx.execute(MEMBER, key, person.id, role)
        return key

    @property
    def third(self) -> Person:
        return self.cast.colleague

    async def invited(self, *, to: str = "") -> tuple[UUID, UUID, str]:
        """Organisation, invitation and secret; to the asker's own address."""
        key, secret = await self.org(), new_secret()
        email = to or (self.who.email if self.who else "nobody@example.com")
        async with transaction(self.db) as tx:
            if self.who is not None:
                await tx.execute(
                    "DELETE FROM membership WHERE organisation_id = $1 AND account_id = $2", key, self.who.id
                )
            invitation = await tx.fetchval(INVITATION, key, email, digest(secret), self.owner.id)
        return key, invitation, secret

    async def link(self) -> str:
        """The secret of a link that signs in."""
        secret = new_secret()
        await self.sql(LINK, digest(secret), f"{uuid4()}@example.com")
        return secret

    async def token(self) -> object:
        """The asker's own, or the holder's."""
        return await self.sql(TOKEN, digest(new_secret()), (self.who or self.holder).id)

    async def session(self) -> object:
        return await self.sql(SESSION, digest(new_secret()), (self.who or self.holder).id)

    async def feed(self) -> UUID:
        actor = await self.acting(self.who or self.holder)
        async with transaction(self.db) as tx:
            return (await make_feed(tx, actor=actor, name="x", now=NOW)).id

    async def grant(self) -> object:
        return await self.sql(GRANT, self.cast.resident.id, self.gmina_id)


Made = tuple[str, object]
Send = Callable[[World], Awaitable[Made]]
"""The path to ask for, with what the line needs in place, and the body or the form to send."""

INCUBATOR = """
INSERT INTO incubator (gmina_id, code, slug, name, funding_programme, street, postcode, town, email, phone, description_pl,
    description_en, terms_pl, terms_en, status, version)
VALUES ($1, $2, $2, $2, '', '', '', '', '', '', '', '', '', '', 'open', 1) RETURNING id
"""
HOURS = """
INSERT INTO weekly_hours (incubator_id, weekday, opens, closes) SELECT $1, d, 480, 1200 FROM generate_series(1, 5) AS d
"""
ZONE = "INSERT INTO zone (incubator_id, slug, name_pl, name_en) VALUES ($1, 'zone', 'Strefa', '') RETURNING id"
QUOTA = "INSERT INTO quota (incubator_id, name, unit) VALUES ($1, 'q', 'week') RETURNING id"
CLOSURE = """
INSERT INTO closure (gmina_id, during, reason_pl, reason_en)
VALUES ($1, '[2030-01-01, 2030-01-02)', 'x', '') RETURNING id
"""
ORGANISATION = "INSERT INTO organisation (id, name, kind, gmina_id, version) VALUES ($1, 'Org', 'startup', $2, 1)"
MEMBER = "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
INVITATION = """
INSERT INTO invitation (organisation_id, email, role, token_hash, invited_by, expires_at)
VALUES ($1, $2, 'member', $3, $4, '2036-01-01') RETURNING id
"""
LINK = "INSERT INTO sign_in_link (token_hash, email, expires_at) VALUES ($1, $2, '2036-01-01')"
TOKEN = """
INSERT INTO api_token (token_hash, account_id, name, scopes, expires_at)
VALUES ($1, $2, 'x', '{me}', '2036-01-01') RETURNING id
"""
SESSION = """
INSERT INTO web_session (token_hash, account_id, user_agent, expires_at) VALUES ($1, $2, '', '2036-01-01') RETURNING id
"""
GRANT = "INSERT INTO role_grant (account_id, role, gmina_id) VALUES ($1, 'coordinator', $2) ON CONFLICT (account_id, role, gmina_id) DO UPDATE SET granted_at = now() RETURNING id"


def in_niepolomice(db: Database, cast: Cast, who: Person | None) -> World:
    return World(
        db=db,
        cast=cast,
        who=who,
        gmina="niepolomice",
        gmina_id=cast.niepolomice,
        incubator="las",
        room=cast.room_s,
        room_slug="s",
        holder=cast.member,
        owner=cast.owner,
        organisation=cast.acme,
    )


def in_skawina(db: Database, cast: Cast, who: Person | None) -> World:
    """The other gmina: what is there belongs to the stranger."""
    return World(
        db=db,
        cast=cast,
        who=who,
        gmina="skawina",
        gmina_id=cast.skawina,
        incubator="rynek",
        room=cast.other_room,
        room_slug="sala",
        holder=cast.stranger,
        owner=cast.stranger,
        organisation=cast.rival,
    )
