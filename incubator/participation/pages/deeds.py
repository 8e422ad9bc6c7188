"""What the forms of a participation and of an edition's participants do, each by its verb."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from incubator.credits.grant_credit import Grant, Kind
from incubator.kernel.errors import N_
from incubator.participation.add_milestone import NewMilestone, add_edition_milestone, add_milestone
from incubator.participation.admit import admit
from incubator.participation.graduate import graduate
from incubator.participation.grant_more import grant_more
from incubator.participation.hand_in import Evidence, hand_in
from incubator.participation.issue_certificate import issue_certificate, revoke_certificate
from incubator.participation.plan_together import Plan, plan_together
from incubator.participation.queries import NoSuchMilestone, milestone_by_id
from incubator.participation.remove import remove
from incubator.participation.review_milestone import accept_milestone, return_milestone
from incubator.participation.sign_agreement import Agreement, sign_agreement
from incubator.participation.start import start
from incubator.participation.withdraw import withdraw
from incubator.people.forms import Asked, CheckField, Deed
from incubator.web.bodies import Body, Line, Paragraphs


class WhyForm(Body, frozen=True):
    reason: Paragraphs = ""


class NoteForm(Body, frozen=True):
    note: Paragraphs = ""


class MilestoneKey(Body, frozen=True):
    milestone_id: UUID


class CertificateKey(Body, frozen=True):
    certificate_id: UUID


class ForWhomForm(Body, frozen=True):
    account_id: UUID | None = None


class GrantForm(Body, frozen=True):
    kind: Kind
    amount: Annotated[int, Meta(ge=1, le=10_000)]
    first_day: date
    last_day: date
    reason: Line


class AdmitForm(Body, frozen=True):
    organisation_id: UUID


def _sure(asked: Asked) -> None:
    if not asked.typed.one("sure"):
        raise CheckField("sure")


async def _milestone(asked: Asked) -> UUID:
    """One of this participation."""
    key = asked.typed.shaped(MilestoneKey).milestone_id
    if (await milestone_by_id(asked.tx, milestone_id=key)).participation_id != asked.place.id:
        raise NoSuchMilestone()
    return key


async def _admit(asked: Asked) -> None:
    key = asked.typed.shaped(AdmitForm).organisation_id
    await admit(asked.tx, actor=asked.actor, edition_id=asked.place.id, organisation_id=key, now=asked.now)


async def _add_for_all(asked: Asked) -> None:
    said = asked.typed.shaped(NewMilestone)
    await add_edition_milestone(asked.tx, actor=asked.actor, edition_id=asked.place.id, milestone=said, now=asked.now)


async def _agree(asked: Asked) -> None:
    said = asked.typed.shaped(Agreement)
    await sign_agreement(asked.tx, actor=asked.actor, participation_id=asked.place.id, agreement=said, now=asked.now)


async def _start(asked: Asked) -> None:
    await start(asked.tx, actor=asked.actor, participation_id=asked.place.id, now=asked.now)


async def _graduate(asked: Asked) -> None:
    _sure(asked)
    await graduate(asked.tx, actor=asked.actor, participation_id=asked.place.id, now=asked.now)


async def _withdraw(asked: Asked) -> None:
    reason = asked.typed.shaped(WhyForm).reason
    _sure(asked)
    await withdraw(asked.tx, actor=asked.actor, participation_id=asked.place.id, reason=reason, now=asked.now)


async def _remove(asked: Asked) -> None:
    reason = asked.typed.shaped(WhyForm).reason
    _sure(asked)
    await remove(asked.tx, actor=asked.actor, participation_id=asked.place.id, reason=reason, now=asked.now)


async def _plan(asked: Asked) -> None:
    plan = asked.typed.shaped(Plan, plan=asked.typed.one("plan")).plan
    await plan_together(
        asked.tx,
        actor=asked.actor,
        participation_id=asked.place.id,
        plan=plan,
        seen=asked.typed.seen,
        now=asked.now,
    )


async def _add(asked: Asked) -> None:
    said = asked.typed.shaped(NewMilestone)
    await add_milestone(asked.tx, actor=asked.actor, participation_id=asked.place.id, milestone=said, now=asked.now)


async def _hand_in(asked: Asked) -> None:
    said = asked.typed.shaped(Evidence)
    await hand_in(asked.tx, actor=asked.actor, milestone_id=await _milestone(asked), evidence=said, now=asked.now)


async def _accept(asked: Asked) -> None:
    remark = asked.typed.shaped(NoteForm).note
    await accept_milestone(
        asked.tx, actor=asked.actor, milestone_id=await _milestone(asked), remark=remark, now=asked.now
    )


async def _return(asked: Asked) -> None:
    remark = asked.typed.shaped(NoteForm).note
    await return_milestone(
        asked.tx, actor=asked.actor, milestone_id=await _milestone(asked), remark=remark, now=asked.now
    )


async def _certify(asked: Asked) -> None:
    whom = asked.typed.shaped(ForWhomForm).account_id
    await issue_certificate(
        asked.tx, actor=asked.actor, participation_id=asked.place.id, account_id=whom, now=asked.now
    )


async def _revoke(asked: Asked) -> None:
    key, reason = asked.typed.shaped(CertificateKey).certificate_id, asked.typed.shaped(WhyForm).reason
    await revoke_certificate(asked.tx, actor=asked.actor, certificate_id=key, reason=reason, now=asked.now)


async def _grant(asked: Asked) -> None:
    """Hours are typed, and minutes granted."""
    said = asked.typed.shaped(GrantForm)
    amount = said.amount * 60 if said.kind in {"room_minutes", "mentor_minutes"} else said.amount
    grant = Grant(kind=said.kind, amount=amount, first_day=said.first_day, last_day=said.last_day, reason=said.reason)
    await grant_more(asked.tx, actor=asked.actor, participation_id=asked.place.id, grant=grant, now=asked.now)


EDITION: dict[str, Deed] = {
    "admit": (_admit, N_("They are admitted, and written to.")),
    "milestone": (_add_for_all, N_("Everybody who takes part has this milestone now.")),
}
DESK: dict[str, Deed] = {
    "agreement": (_agree, N_("The agreement is noted.")),
    "start": (_start, N_("The participation has begun.")),
    "graduate": (_graduate, N_("They have graduated. They are written to, and will be asked how they are doing.")),
    "withdraw": (_withdraw, N_("The participation has ended.")),
    "remove": (_remove, N_("The participation has ended, and they are written to.")),
    "plan": (_plan, N_("The plan is saved.")),
    "milestone": (_add, N_("The milestone is added.")),
    "accept": (_accept, N_("The milestone is accepted.")),
    "return": (_return, N_("The milestone goes back, with your note.")),
    "certificate": (_certify, N_("The certificate is issued.")),
    "credit": (_grant, N_("It is granted.")),
    "revoke": (_revoke, N_("The certificate is revoked.")),
}
OWN: dict[str, Deed] = {
    "hand_in": (_hand_in, N_("Handed in. We will write to you when somebody has looked at it.")),
    "plan": (_plan, N_("The plan is saved.")),
    "withdraw": (_withdraw, N_("You no longer take part.")),
}
