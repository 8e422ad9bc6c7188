"""Make somebody a mentor of a gmina."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.mail.post import post
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.profiles import mentor_by_slug
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.addressee import Addressee
from incubator.people.appoint_mentor import appoint_mentor
from incubator.places.queries import NoSuchGmina
from incubator.places.slugs import SlugTaken, slug_of, tries
from incubator.web.letters import letter


class MentorAlready(Conflict):
    """The person is a mentor, of this gmina or of another, or was one."""

    code = "mentor_already"
    sentence = N_("This person is a mentor already, here or in another gmina. Who has ended can be taken back by their coordinator.")  # fmt: skip


KNOWN = "SELECT true FROM mentor WHERE account_id = $1"
# Of two who add one person at once the second finds the account taken: mentor_account_id_key judges.
ADD = """
WITH made AS (INSERT INTO resource (kind) VALUES ('mentor') RETURNING id)
INSERT INTO mentor (id, account_id, gmina_id, resource_id, slug, name, headline_pl, headline_en, about_pl, about_en,
    online_link, state, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes, created_at, version)
SELECT $1, $2, $3, made.id, $4, $5, '', '', '', '', '', 'active', 30, 0, 1440, 60, 1440, $6, 1 FROM made
ON CONFLICT DO NOTHING RETURNING id
"""


async def add_mentor(tx: Tx, *, actor: Actor, gmina_id: UUID, email: str, name: str, now: datetime) -> MentorView:
    """For the coordinator of the gmina. The person gets an account where they have none, the role, and a
    mail that says how to sign in. Raises NotYours, NoSuchGmina, BadEmail, NameMissing, MentorAlready."""
    gmina: str | None = await tx.fetchval("SELECT name FROM gmina WHERE id = $1", gmina_id)
    if gmina is None:
        raise NoSuchGmina()
    account_id, to = await appoint_mentor(tx, actor=actor, gmina_id=gmina_id, email=email, name=name, now=now)
    key, slug = await _insert(tx, account_id=account_id, gmina_id=gmina_id, name=rules.name(name), now=now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="add_mentor",
        subject_kind="mentor",
        subject_id=key,
        gmina_id=gmina_id,
    )
    await bump(tx, [key])
    await _welcome(tx, to=to, gmina=gmina, slug=slug, now=now)
    return await mentor_by_slug(tx, slug=slug)


async def _insert(tx: Tx, *, account_id: UUID, gmina_id: UUID, name: str, now: datetime) -> tuple[UUID, str]:
    key = uuid7()
    for slug in tries(slug_of(name, otherwise="mentor")):
        if await tx.fetchval(KNOWN, account_id):
            raise MentorAlready()
        if await tx.fetchval(ADD, key, account_id, gmina_id, slug, name, now) is not None:
            return key, slug
    raise SlugTaken(slug_of(name, otherwise="mentor"))


async def _welcome(tx: Tx, *, to: Addressee, gmina: str, slug: str, now: datetime) -> None:
    mail = letter("mentoring/mail/mentor_added.txt", to.locale, name=to.name, gmina=gmina, slug=slug)
    await post(tx, to=to.email, subject=mail.subject, text=mail.text, now=now)
