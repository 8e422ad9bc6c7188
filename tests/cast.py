"""The fixed cast that every test plays with.

Niepołomice has the incubator LAS with rooms L, A and S, the joined room L+A, a zone of three hot
desks, and an office; all open Monday to Friday 8–20, closed on public holidays. Skawina has one of
its own. `member` and `colleague` belong to Acme, `owner` owns it; `stranger` owns Rival, of
Skawina. `coordinator` is of Niepołomice, `other_coordinator` of Skawina.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.ids import digest, new_secret, uuid7
from incubator.people.actor import ALL_SCOPES, Actor

FAR = datetime(2036, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    email: str
    token: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    niepolomice: UUID
    skawina: UUID
    las: UUID
    rynek: UUID
    room_l: UUID
    room_a: UUID
    room_s: UUID
    room_la: UUID
    zone: UUID
    desks: tuple[UUID, ...]
    office_space: UUID
    other_room: UUID
    acme: UUID
    rival: UUID
    owner: Person
    member: Person
    colleague: Person
    resident: Person
    stranger: Person
    coordinator: Person
    other_coordinator: Person
    office: Person
    administrator: Person


async def hire(db: Database) -> Cast:
    """Put the cast into an empty database."""
    async with transaction(db) as tx:
        niepolomice = await _gmina(tx, "1219043", "niepolomice", "Niepołomice")
        skawina = await _gmina(tx, "1206113", "skawina", "Skawina")
        las = await _incubator(tx, niepolomice, "las", "LAS Open Space")
        rynek = await _incubator(tx, skawina, "rynek", "Inkubator Skawina")
        room_l = await space(tx, las, slug="l", capacity=60)
        room_a = await space(tx, las, slug="a", capacity=30)
        room_s = await space(tx, las, slug="s", capacity=12)
        room_la = await joined(tx, las, slug="l-a", parts=(room_l, room_a), capacity=90)
        zone = uuid7()
        await tx.execute(
            "INSERT INTO zone (id, incubator_id, slug, name_pl, name_en) VALUES ($1, $2, 'strefa', 'Strefa', 'Zone')",
            zone,
            las,
        )
        desks = tuple(
            [await space(tx, las, slug=f"desk-{n}", kind="hot_desk", resource="desk", zone_id=zone) for n in (1, 2, 3)]
        )
        office_space = await space(tx, las, slug="office", kind="private_office", resource="office", capacity=4)
        other_room = await space(tx, rynek, slug="sala", capacity=20)
        acme = await _organisation(tx, "Acme", "5261040828", niepolomice)
        rival = await _organisation(tx, "Rival", "1132191233", skawina)
        people = {
            name: await person(tx, name)
            for name in (
                "owner",
                "member",
                "colleague",
                "resident",
                "stranger",
                "coordinator",
                "other_coordinator",
                "office",
                "administrator",
            )
        }
        for name, organisation, role in (
            ("owner", acme, "owner"),
            ("member", acme, "member"),
            ("colleague", acme, "member"),
            ("stranger", rival, "owner"),
        ):
            await tx.execute(
                "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, $3)",
                organisation,
                people[name].id,
                role,
            )
        for name, role, gmina in (
            ("coordinator", "coordinator", niepolomice),
            ("other_coordinator", "coordinator", skawina),
            ("office", "office", None),
            ("administrator", "administrator", None),
        ):
            await tx.execute(
                "INSERT INTO role_grant (account_id, role, gmina_id) VALUES ($1, $2, $3)", people[name].id, role, gmina
            )
    return Cast(
        niepolomice=niepolomice,
        skawina=skawina,
        las=las,
        rynek=rynek,
        room_l=room_l,
        room_a=room_a,
        room_s=room_s,
        room_la=room_la,
        zone=zone,
        desks=desks,
        office_space=office_space,
        other_room=other_room,
        acme=acme,
        rival=rival,
        **people,
    )


async def person(tx: Tx, name: str, *, locale: str = "en") -> Person:
    """An account with an API token of all scopes and a browser session."""
    made = Person(uuid7(), f"{name}@example.com", new_secret(), new_secret())
    await tx.execute(
        "INSERT INTO account (id, email, name, locale, version) VALUES ($1, $2, $3, $4, 1)",
        made.id,
        made.email,
        name.replace("_", " ").title(),
        locale,
    )
    await tx.execute(
        "INSERT INTO api_token (token_hash, account_id, name, scopes, expires_at) VALUES ($1, $2, 'test', $3, $4)",
        digest(made.token),
        made.id,
        sorted(ALL_SCOPES),
        FAR,
    )
    await tx.execute(
        "INSERT INTO web_session (token_hash, account_id, user_agent, expires_at) VALUES ($1, $2, '', $3)",
        digest(made.cookie),
        made.id,
        FAR,
    )
    return made


async def space(
    tx: Tx,
    incubator_id: UUID,
    *,
    slug: str,
    kind: str = "room",
    resource: str = "room",
    capacity: int = 1,
    zone_id: UUID | None = None,
    **rules: object,
) -> UUID:
    """A plain space with a resource of its own. `rules` are columns of `space`."""
    key = uuid7()
    resource_id = await tx.fetchval("INSERT INTO resource (kind) VALUES ($1) RETURNING id", resource)
    await tx.execute(SPACE, key, incubator_id, resource_id, zone_id, kind, slug, slug.upper(), slug.upper(), capacity)
    await tx.execute("INSERT INTO space_resource (space_id, resource_id) VALUES ($1, $2)", key, resource_id)
    await change(tx, key, **rules)
    return key


async def joined(
    tx: Tx, incubator_id: UUID, *, slug: str, parts: tuple[UUID, ...], capacity: int, **rules: object
) -> UUID:
    """A room made of parts."""
    key = uuid7()
    await tx.execute(SPACE, key, incubator_id, None, None, "room", slug, slug.upper(), slug.upper(), capacity)
    for part in parts:
        await tx.execute("INSERT INTO space_part (space_id, part_id) VALUES ($1, $2)", key, part)
        await tx.execute(
            "INSERT INTO space_resource (space_id, resource_id) SELECT $1, resource_id FROM space WHERE id = $2",
            key,
            part,
        )
    await change(tx, key, **rules)
    return key


async def change(tx: Tx, space_id: UUID, **rules: object) -> None:
    """Set columns of a space."""
    for column, value in rules.items():
        await tx.execute(f"UPDATE space SET {column} = $2 WHERE id = $1", space_id, value)


async def let_by_the_day(tx: Tx, space_id: UUID, *, shortest_days: int) -> None:
    """Make a space one of whole days, open day and night, for up to 92 of them."""
    rules = {"grid_minutes": 1440, "longest_minutes": 92 * 1440, "shortest_minutes": shortest_days * 1440}
    await change(tx, space_id, **rules, closed_on_holidays=False)
    await tx.execute(
        "INSERT INTO weekly_hours (space_id, weekday, opens, closes)"
        " SELECT $1, weekday, 0, 1440 FROM generate_series(1, 7) AS weekday",
        space_id,
    )


async def acting(db: Database, who: Person) -> Actor:
    """The actor that a request of this person would have."""
    from incubator.people.actor import actor_by_session

    async with transaction(db) as tx:
        found = await actor_by_session(tx, secret=who.cookie, now=FAR - timedelta(days=1))
    assert found is not None
    return found


SPACE = """
INSERT INTO space (id, incubator_id, resource_id, zone_id, kind, slug, name_pl, name_en, capacity,
    description_pl, description_en, step_free, induction_loop, accessible_wc, position, version, grid_minutes,
    shortest_minutes, longest_minutes, lead_minutes, horizon_days, turnaround_minutes, needs_approval, pending_blocks,
    local_only, cancel_minutes, hold_minutes, closed_on_holidays)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', false, false, false, 0, 1, 30, 30, 480, 0, 90, 0, false, false,
    false, 0, 15, true)
"""


async def _gmina(tx: Tx, terc: str, slug: str, name: str) -> UUID:
    key = uuid7()
    await tx.execute(
        "INSERT INTO gmina (id, terc, slug, name, kind, county, population, brand_pl, brand_en, version)"
        " VALUES ($1, $2, $3, $4, 'urban-rural', '', 30000, '', '', 1)",
        key,
        terc,
        slug,
        name,
    )
    return key


async def _incubator(tx: Tx, gmina_id: UUID, slug: str, name: str) -> UUID:
    """Open Monday to Friday, 8–20."""
    key = uuid7()
    await tx.execute(
        "INSERT INTO incubator (id, gmina_id, code, slug, name, funding_programme, street, postcode, town, email, phone,"
        " description_pl, description_en, terms_pl, terms_en, status, version)"
        " VALUES ($1, $2, $3, $3, $4, '', 'Bocheńska 26', '32-005', 'Niepołomice', 'las@example.com', '', '', '', '', '', 'open', 1)",
        key,
        gmina_id,
        slug,
        name,
    )
    for weekday in range(1, 6):
        await tx.execute(
            "INSERT INTO weekly_hours (incubator_id, weekday, opens, closes) VALUES ($1, $2, 480, 1200)", key, weekday
        )
    return key


async def _organisation(tx: Tx, name: str, nip: str, gmina_id: UUID) -> UUID:
    key = uuid7()
    await tx.execute(
        "INSERT INTO organisation (id, name, kind, nip, gmina_id, version) VALUES ($1, $2, 'startup', $3, $4, 1)",
        key,
        name,
        nip,
        gmina_id,
    )
    return key


async def limit(tx: Tx, space: UUID, *, organisation: int) -> None:
    """A quota by the week on a space, for organisations."""
    key = await tx.fetchval(
        "INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes)"
        " SELECT gen_random_uuid(), incubator_id, 'q', 'week', $2 FROM space WHERE id = $1 RETURNING id",
        space,
        organisation,
    )
    await tx.execute("UPDATE space SET quota_id = $2 WHERE id = $1", space, key)
