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
    await asked.do(admit, edition_id=asked.place.id, organisation_id=key)


async def _add_for_all(asked: Asked) -> None:
    said = asked.typed.shaped(NewMilestone)
    await asked.do(add_edition_milestone, edition_id=asked.place.id, milestone=said)


async def _agree(asked: Asked) -> None:
    said = asked.typed.shaped(Agreement)
    await asked.do(sign_agreement, participation_id=asked.place.id, agreement=said)


async def _start(asked: Asked) -> None:
    await asked.do(start, participation_id=asked.place.id)


async def _graduate(asked: Asked) -> None:
    _sure(asked)
    await asked.do(graduate, participation_id=asked.place.id)


async def _withdraw(asked: Asked) -> None:
    reason = asked.typed.shaped(WhyForm).reason
    _sure(asked)
    await asked.do(withdraw, participation_id=asked.place.id, reason=reason)


async def _remove(asked: Asked) -> None:
    reason = asked.typed.shaped(WhyForm).reason
    _sure(asked)
    await asked.do(remove, participation_id=asked.place.id, reason=reason)


async def _plan(asked: Asked) -> None:
    plan = asked.typed.shaped(Plan, plan=asked.typed.one("plan")).plan
    await asked.do(plan_together, participation_id=asked.place.id, plan=plan, seen=asked.typed.seen)


async def _add(asked: Asked) -> None:
    said = asked.typed.shaped(NewMilestone)
    await asked.do(add_milestone, participation_id=asked.place.id, milestone=said)


async def _hand_in(asked: Asked) -> None:
    said = asked.typed.shaped(Evidence)
    await asked.do(hand_in, milestone_id=await _milestone(asked), evidence=said)


async def _accept(asked: Asked) -> None:
    remark = asked.typed.shaped(NoteForm).note
    await asked.do(accept_milestone, milestone_id=await _milestone(asked), remark=remark)


async def _return(asked: Asked) -> None:
    remark = asked.typed.shaped(NoteForm).note
    await asked.do(return_milestone, milestone_id=await _milestone(asked), remark=remark)


async def _certify(asked: Asked) -> None:
    whom = asked.typed.shaped(ForWhomForm).account_id
    await asked.do(issue_certificate, participation_id=asked.place.id, account_id=whom)


async def _revoke(asked: Asked) -> None:
    key, reason = asked.typed.shaped(CertificateKey).certificate_id, asked.typed.shaped(WhyForm).reason
    await asked.do(revoke_certificate, certificate_id=key, reason=reason)


async def _grant(asked: Asked) -> None:
    """Hours are typed, and minutes granted."""
    said = asked.typed.shaped(GrantForm)
    amount = said.amount * 60 if said.kind in {"room_minutes", "mentor_minutes"} else said.amount
    grant = Grant(kind=said.kind, amount=amount, first_day=said.first_day, last_day=said.last_day, reason=said.reason)
    await asked.do(grant_more, participation_id=asked.place.id, grant=grant)


EDITION: dict[str, Deed] = {
    "admit": Deed(_admit, N_("They are admitted, and written to.")),
    "milestone": Deed(_add_for_all, N_("Everybody who takes part has this milestone now.")),
}
DESK: dict[str, Deed] = {
    "agreement": Deed(_agree, N_("The agreement is noted.")),
    "start": Deed(_start, N_("The participation has begun.")),
    "graduate": Deed(_graduate, N_("They have graduated. They are written to, and will be asked how they are doing.")),
    "withdraw": Deed(_withdraw, N_("The participation has ended.")),
    "remove": Deed(_remove, N_("The participation has ended, and they are written to.")),
    "plan": Deed(_plan, N_("The plan is saved.")),
    "milestone": Deed(_add, N_("The milestone is added.")),
    "accept": Deed(_accept, N_("The milestone is accepted.")),
    "return": Deed(_return, N_("The milestone goes back, with your note.")),
    "certificate": Deed(_certify, N_("The certificate is issued.")),
    "credit": Deed(_grant, N_("It is granted.")),
    "revoke": Deed(_revoke, N_("The certificate is revoked.")),
}
OWN: dict[str, Deed] = {
    "hand_in": Deed(_hand_in, N_("Handed in. We will write to you when somebody has looked at it.")),
    "plan": Deed(_plan, N_("The plan is saved.")),
    "withdraw": Deed(_withdraw, N_("You no longer take part.")),
}
