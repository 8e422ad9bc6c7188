"""Appoint somebody to score the applications of an edition."""

from datetime import datetime
from uuid import UUID

from incubator.assessment.queries import scorers_for
from incubator.assessment.reach import note, to_change
from incubator.assessment.tell import tell_person
from incubator.assessment.views import ScorerView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.people.actor import Actor
from incubator.people.rules import email_address


class ScorerAlready(Conflict):
    """Appointed before."""

    code = "scorer_already"
    sentence = N_("This person scores in this edition already.")


class NobodyToAppoint(Invalid):
    """No account has this e-mail."""

    code = "nobody_to_appoint"
    sentence = N_("Nobody with this e-mail has an account. They get one by signing in once.")


class ScorerSeesWho(Conflict):
    """The call is anonymous, and the desk shows this person who applied."""

    code = "scorer_sees_who"
    sentence = N_("This call is anonymous, and this person sees at the desk who applied. Appoint somebody else.")


class NoSuchScorer(NotFound):
    """Nobody who scores in this edition."""

    code = "no_such_scorer"
    sentence = N_("This person does not score in this edition.")


# Locked: who is being erased is appointed to nothing.
PERSON = "SELECT id FROM account WHERE email = $1 AND erased_at IS NULL FOR KEY SHARE"
# Who runs the edition, as `may_run` has it.
AT_DESK = """
SELECT EXISTS (SELECT FROM role_grant WHERE account_id = $1 AND (
    role = 'administrator' OR role = 'coordinator' AND gmina_id = $2 OR role = 'office' AND $2::uuid IS NULL
))
"""
APPOINT = """
INSERT INTO scorer (edition_id, account_id, appointed_by, appointed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (edition_id, account_id) DO UPDATE SET appointed_by = $3, appointed_at = $4, removed_at = NULL
WHERE scorer.removed_at IS NOT NULL
RETURNING account_id
"""


async def appoint_scorer(tx: Tx, *, actor: Actor, edition_id: UUID, email: str, now: datetime) -> ScorerView:
    """They are written to. Raises NoSuchEdition, NotYours, NoCall, NotSetUp, RankingApproved, BadEmail,
    NobodyToAppoint, ScorerSeesWho, ScorerAlready."""
    edition, assessment = await to_change(tx, actor=actor, edition_id=edition_id)
    account_id: UUID | None = await tx.fetchval(PERSON, email_address(email))
    if account_id is None:
        raise NobodyToAppoint()
    if assessment.anonymous and await tx.fetchval(AT_DESK, account_id, edition.gmina_id):
        raise ScorerSeesWho()
    if await tx.fetchval(APPOINT, edition_id, account_id, actor.account_id, now) is None:
        raise ScorerAlready()
    after = {"account_id": account_id}
    await note(tx, verb="appoint_scorer", edition=edition, actor_id=actor.account_id, now=now, after=after)
    await tell_person(tx, account_id=account_id, what="appointed", now=now, edition=edition)
    scorers = await scorers_for(tx, actor=actor, edition_id=edition_id)
    return next(one for one in scorers if one.account_id == account_id)
