"""What was granted to whom: of one's own organisation, of a coordinator's gmina."""

import re
from datetime import date, datetime
from uuid import UUID

import asyncpg

from incubator.aid.dated import limit_on
from incubator.aid.rules import declared_until, window_from
from incubator.aid.undertakings import linked_to
from incubator.aid.views import AidEntryView, AidPage, ElsewhereView, StandingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.queries import organisation_for
from incubator.web.cursors import read_cursor, write_cursor


class NoSuchAid(NotFound):
    """No grant with this identifier that the asker may know of."""

    code = "no_such_aid"
    sentence = N_("There is no such grant of aid.")


ENTRY = """
SELECT entry.id, entry.gmina_id, gmina.name AS gmina_name, entry.organisation_id,
    organisation.gmina_id AS organisation_gmina_id, holder_name AS organisation_name, holder_nip AS nip,
    holder_address AS address, holder_size AS size, subject_kind, subject_id, minutes, granted_on, market, charged, amount,
    amount_cents, rate, rate_day, rate_table, basis, benchmark, reverses, EXISTS (SELECT FROM aid_entry WHERE reverses = entry.id) AS reversed,
    CASE WHEN certificate.number IS NOT NULL THEN certificate.number || '/' || certificate.year END AS certificate, report_id,
    coalesce(about_pl, '') AS about_pl, coalesce(about_en, '') AS about_en, begins
FROM aid_entry AS entry JOIN gmina ON gmina.id = entry.gmina_id JOIN organisation ON organisation.id = organisation_id
    LEFT JOIN aid_certificate AS certificate ON certificate.entry_id = entry.id
    LEFT JOIN aid_reported ON aid_reported.entry_id = entry.id
    LEFT JOIN LATERAL (
        SELECT name_pl AS about_pl, name_en AS about_en, lower(period) AS begins
        FROM booking JOIN space ON space.id = space_id WHERE subject_kind = 'booking' AND booking.id = subject_id
        UNION ALL
        SELECT '', '', lower(period) FROM meeting WHERE subject_kind = 'meeting' AND meeting.id = subject_id
        UNION ALL
        SELECT title_pl, title_en, lower(period) FROM registration JOIN session ON session.id = session_id
        WHERE subject_kind = 'registration' AND registration.id = subject_id
        UNION ALL
        SELECT name_pl, name_en, NULL FROM pass_bought JOIN pass_product ON pass_product.id = product_id
        WHERE subject_kind = 'pass' AND pass_bought.id = subject_id
    ) AS about ON true
"""
# A coordinator sees what their gmina granted; a company what it was granted by anybody.
REACH = "(entry.gmina_id = ANY($1::uuid[]) OR $2)"
AT_DESK = f"""
{ENTRY} WHERE {REACH} AND ($3::uuid IS NULL OR entry.organisation_id = $3) AND granted_on >= $4 AND granted_on <= $5
    AND ($6::date IS NULL OR (granted_on, entry.id) < ($6, $7::uuid))
    AND ($9 = '' OR strpos(lower(holder_name), lower($9)) > 0 OR $10 <> '' AND starts_with(holder_nip, $10))
ORDER BY granted_on DESC, entry.id DESC LIMIT $8
"""
OWN = f"""
{ENTRY} WHERE entry.organisation_id = $1 AND ($2::date IS NULL OR (granted_on, entry.id) < ($2, $3::uuid))
ORDER BY granted_on DESC, entry.id DESC LIMIT $4
"""
ONE = f"""
{ENTRY} WHERE entry.id = $3 AND ({REACH} OR EXISTS (
    SELECT FROM membership WHERE membership.organisation_id = entry.organisation_id AND account_id = $4
))
"""
ABOUT = f"""
{ENTRY} WHERE subject_kind = $3 AND subject_id = $4 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = entry.id)
    AND ({REACH} OR entry.organisation_id = ANY($5::uuid[]))
"""
STANDING = """
WITH ours AS (
    SELECT $1::uuid AS organisation_id UNION
    SELECT organisation_id FROM undertaking_member
    WHERE undertaking_id = (SELECT undertaking_id FROM undertaking_member WHERE organisation_id = $1)
)
SELECT
    (SELECT coalesce(sum(amount_cents), 0)::bigint FROM aid_entry AS granted JOIN ours USING (organisation_id)
        WHERE granted_on >= $2 AND reverses IS NULL
            AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)) AS granted_cents,
    (SELECT coalesce(sum(amount_cents), 0)::bigint FROM aid_elsewhere JOIN ours USING (organisation_id)
        WHERE granted_on >= $2 AND withdrawn_at IS NULL) AS elsewhere_cents,
    (SELECT max(declared_at) FROM aid_declaration JOIN ours USING (organisation_id)) AS declared_at,
    said.address, said.size
FROM (SELECT) AS one LEFT JOIN LATERAL (
    SELECT address, size FROM aid_declaration WHERE organisation_id = $1 ORDER BY declared_at DESC LIMIT 1
) AS said ON true
"""
ELSEWHERE = """
SELECT id, organisation_id, granted_on, provider, amount_cents FROM aid_elsewhere
WHERE organisation_id = $1 AND withdrawn_at IS NULL ORDER BY granted_on DESC, id
"""


async def entries_at_desk(
    tx: Tx,
    *,
    actor: Actor,
    organisation_id: UUID | None = None,
    first: date = date.min,
    last: date = date.max,
    company: str = "",
    after: str | None = None,
    limit: int = 100,
) -> AidPage:
    """What the asker's gminas granted, the latest first; to companies with that in their name, or that NIP."""
    reach = (list(actor.coordinates), actor.is_administrator)
    typed = " ".join(company.split())
    nip = re.sub(r"[ -]", "", typed)
    named = (typed, nip if nip.isascii() and nip.isdigit() else "")
    rows = await tx.fetch(AT_DESK, *reach, organisation_id, first, last, *_seen(after), limit + 1, *named)
    return _page(rows, limit)


async def entries_of(
    tx: Tx, *, actor: Actor, organisation_id: UUID, after: str | None = None, limit: int = 100
) -> AidPage:
    """What an organisation was granted, for its people and its gmina's coordinator. Raises NoSuchOrganisation."""
    await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    return _page(await tx.fetch(OWN, organisation_id, *_seen(after), limit + 1), limit)


async def entry_for(tx: Tx, *, actor: Actor, entry_id: UUID) -> AidEntryView:
    """Raises NoSuchAid."""
    row = await tx.fetchrow(ONE, list(actor.coordinates), actor.is_administrator, entry_id, actor.account_id)
    if row is None:
        raise NoSuchAid()
    return AidEntryView(**row)


async def grant_about(tx: Tx, *, actor: Actor, subject_kind: str, subject_id: UUID) -> AidEntryView | None:
    """What stands of aid for a booking, a meeting, a registration or a pass: to the company's people, and to who
    granted it."""
    reach = (list(actor.coordinates), actor.is_administrator)
    row = await tx.fetchrow(ABOUT, *reach, subject_kind, subject_id, list(actor.organisations))
    return None if row is None else AidEntryView(**row)


async def standing_for(tx: Tx, *, actor: Actor, organisation_id: UUID, now: datetime) -> StandingView:
    """For its people and its gmina's coordinator. Raises NoSuchOrganisation, NoAidLimit."""
    await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    return await standing_of(tx, organisation_id=organisation_id, now=now)


async def standing_of(tx: Tx, *, organisation_id: UUID, now: datetime) -> StandingView:
    """For who has asked already whether they may. Raises NoAidLimit."""
    today = now.astimezone(WARSAW).date()
    limit = await limit_on(tx, day=today)
    first = window_from(today, limit.years)
    (row,) = await tx.fetch(STANDING, organisation_id, first)
    declared: datetime | None = row["declared_at"]
    return StandingView(
        organisation_id=organisation_id,
        window_from=first,
        granted_cents=row["granted_cents"],
        elsewhere_cents=row["elsewhere_cents"],
        ceiling_cents=limit.ceiling_cents,
        basis=limit.basis,
        declared_at=declared,
        declared_until=declared and declared_until(declared, limit.declared_days),
        linked=await linked_to(tx, organisation_id=organisation_id),
        address=row["address"] or "",
        size=row["size"] or "",
    )


async def elsewhere_of(tx: Tx, *, actor: Actor, organisation_id: UUID) -> list[ElsewhereView]:
    """What an organisation declared of aid from elsewhere. Raises NoSuchOrganisation."""
    await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    return [ElsewhereView(**row) for row in await tx.fetch(ELSEWHERE, organisation_id)]


def _seen(after: str | None) -> tuple[date | None, UUID | None]:
    """Raises BadCursor."""
    return read_cursor(after, date) or (None, None)


def _page(rows: list[asyncpg.Record], limit: int) -> AidPage:
    entries = [AidEntryView(**row) for row in rows[:limit]]
    more = len(rows) > limit
    return AidPage(items=entries, next=write_cursor(entries[-1].granted_on, entries[-1].id) if more else None)
