"""Who asks: everything that guards and queries need to know of a person, read once a request."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.ids import AccountId, digest

ALL_SCOPES = frozenset(
    {
        "bookings:read",
        "bookings:write",
        "calendars:read",
        "mentoring:read",
        "mentoring:write",
        "programmes:read",
        "programmes:write",
        "exchanges:read",
        "exchanges:write",
        "directory:read",
        "directory:write",
        "newsletter:read",
        "newsletter:write",
        "aid:read",
        "aid:write",
        "invoices:read",
        "invoices:write",
        "organisations:read",
        "organisations:write",
        "payments:read",
        "payments:write",
        "places:write",
        "me",
        "tokens",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOrganisation:
    """An organisation of the person's, and whether they are its "owner" or a "member"."""

    id: UUID
    role: str
    name: str
    kind: str
    gmina_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person. `organisations` are the ones they belong to; `coordinates` holds the
    gminas whose coordinator they are; `is_scorer` says, to a browser alone, that they are appointed to score
    applications, so that the way there is shown; `scopes` is what their token allows (a browser: all).

    `standing` is the number under which all this was read, `token_hash` the token it was read by;
    `remembered`, when it was read for an earlier request. STANDS asks whether it still holds."""

    account_id: AccountId
    name: str
    locale: str
    gmina_id: UUID | None = None
    organisations: dict[UUID, OwnOrganisation] = field(default_factory=dict)
    coordinates: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = ALL_SCOPES
    session_id: UUID | None = None
    standing: int = 0
    token_hash: bytes | None = field(default=None, repr=False)
    remembered: bool = False
    is_scorer: bool = False

    @property
    def member_of(self) -> dict[UUID, str]:
        """Organisations and the role in each."""
        return {key: own.role for key, own in self.organisations.items()}

    @property
    def is_coordinator(self) -> bool:
        return bool(self.coordinates)

    @property
    def is_office(self) -> bool:
        return "office" in self.roles

    @property
    def is_mentor(self) -> bool:
        return "mentor" in self.roles

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.roles


ABOUT = """
account.id, account.name, account.locale, account.gmina_id, account.standing,
(
    SELECT json_agg(json_build_object(
        'id', organisation.id, 'role', membership.role, 'name', organisation.name, 'kind', organisation.kind,
        'gmina_id', organisation.gmina_id
    ) ORDER BY organisation.name)
    FROM membership JOIN organisation ON organisation.id = membership.organisation_id
    WHERE membership.account_id = account.id AND organisation.closed_at IS NULL
)::text AS organisations,
(SELECT array_agg(gmina_id) FROM role_grant WHERE account_id = account.id AND role = 'coordinator') AS coordinates,
(SELECT array_agg(DISTINCT role) FROM role_grant WHERE account_id = account.id) AS roles
"""

# A condition on `account` for the statement that acts in somebody's name: what was read of them still
# holds, and so does the token. {standing}, {key} (may be null), {now}.
STANDS = """account.standing = {standing} AND account.erased_at IS NULL AND ({key}::bytea IS NULL OR EXISTS (
    SELECT FROM api_token WHERE token_hash = {key} AND api_token.account_id = account.id
        AND revoked_at IS NULL AND expires_at > {now}
))"""

BY_SESSION = f"""
SELECT {ABOUT}, web_session.id AS session_id, NULL::text[] AS scopes,
    EXISTS (SELECT FROM scorer WHERE scorer.account_id = account.id AND removed_at IS NULL) AS is_scorer,
    web_session.seen_at < $2::timestamptz - interval '5 minutes' AS unseen
FROM web_session JOIN account ON account.id = web_session.account_id
WHERE web_session.token_hash = $1 AND web_session.expires_at > $2 AND account.erased_at IS NULL
"""

BY_TOKEN = f"""
SELECT {ABOUT}, NULL::uuid AS session_id, api_token.scopes,
    coalesce(api_token.used_at < $2::timestamptz - interval '5 minutes', true) AS unseen
FROM api_token JOIN account ON account.id = api_token.account_id
WHERE api_token.token_hash = $1 AND api_token.expires_at > $2 AND api_token.revoked_at IS NULL
  AND account.erased_at IS NULL
"""

BY_ACCOUNT = f"""
SELECT {ABOUT}, NULL::uuid AS session_id, NULL::text[] AS scopes
FROM account WHERE account.id = $1 AND account.erased_at IS NULL
"""

# Written every five minutes at most: people look at "last seen" in days, and reads stay reads.
SAW_BROWSER = "UPDATE web_session SET seen_at = $2 WHERE token_hash = $1"
SAW_KEY = "UPDATE api_token SET used_at = $2 WHERE token_hash = $1"


MOST = 5_000
PATIENCE = timedelta(minutes=5)
"""As often as a token's "last used" is written."""
_kept: dict[bytes, tuple[Actor, datetime]] = {}


def remembered_actor(*, secret: str, now: datetime) -> Actor | None:
    """Whom this process last knew to hold the token, in the last minutes. Good for nothing but a
    statement that asks STANDS; who is refused is asked for again (`people.asking.surely`)."""
    kept = _kept.get(digest(secret))
    return kept[0] if kept is not None and timedelta() <= now - kept[1] < PATIENCE else None


def forget_actors() -> None:
    """As if this process had just begun: for one that goes on to another database."""
    _kept.clear()


async def actor_by_session(tx: Tx, *, secret: str, now: datetime) -> Actor | None:
    """Who holds this session cookie; nobody when it is unknown or over."""
    row = await tx.fetchrow(BY_SESSION, digest(secret), now)
    if row is not None and row["unseen"]:
        await tx.execute(SAW_BROWSER, digest(secret), now)
    return _actor(row)


async def actor_by_token(tx: Tx, *, secret: str, now: datetime) -> Actor | None:
    """Who holds this API token; nobody when it is unknown, over or revoked."""
    token_hash = digest(secret)
    row = await tx.fetchrow(BY_TOKEN, token_hash, now)
    if row is not None and row["unseen"]:
        await tx.execute(SAW_KEY, token_hash, now)
    actor = _actor(row, token_hash)
    _remember(token_hash, actor, now)
    return actor


async def actor_by_account(tx: Tx, *, account_id: UUID) -> Actor | None:
    """The person of this account, for what the house does in their name; nobody when it was erased."""
    return _actor(await tx.fetchrow(BY_ACCOUNT, account_id))


def _remember(token_hash: bytes, actor: Actor | None, now: datetime) -> None:
    if actor is None:
        _kept.pop(token_hash, None)
        return
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[token_hash] = replace(actor, remembered=True), now


def _actor(row: asyncpg.Record | None, token_hash: bytes | None = None) -> Actor | None:
    if row is None:
        return None
    own = msgspec.json.decode(row["organisations"], type=list[OwnOrganisation]) if row["organisations"] else []
    return Actor(
        account_id=row["id"],
        name=row["name"],
        locale=row["locale"],
        gmina_id=row["gmina_id"],
        organisations={organisation.id: organisation for organisation in own},
        coordinates=frozenset(row["coordinates"] or ()),
        roles=frozenset(row["roles"] or ()),
        scopes=ALL_SCOPES if row["scopes"] is None else frozenset(row["scopes"]),
        session_id=row["session_id"],
        standing=row["standing"],
        token_hash=token_hash,
        is_scorer=row.get("is_scorer", False),
    )
