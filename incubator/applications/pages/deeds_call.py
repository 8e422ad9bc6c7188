"""What the forms of a call's desk do, each by its verb."""

from typing import Any
from uuid import UUID

from incubator.applications.announce_call import announce_call
from incubator.applications.change_call import change_call
from incubator.applications.details import CallDetails
from incubator.applications.extend_for import UnknownApplicant, extend_for
from incubator.applications.extensions import applicant_called
from incubator.applications.move_question import move_question
from incubator.applications.pages.moments import moment_of
from incubator.applications.publish_call import publish_call
from incubator.applications.remove_question import remove_question
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed
from incubator.web.bodies import Body


class QuestionKeyForm(Body, frozen=True):
    question_id: UUID


def about(asked: Asked) -> dict[str, Any]:
    """What every verb on a call is told: who, which edition, and when."""
    return {"actor": asked.actor, "edition_id": asked.place.id, "now": asked.now}


def call_said(asked: Asked) -> CallDetails:
    typed = asked.typed
    return typed.shaped(
        CallDetails,
        opens_at=moment_of(typed, "opens"),
        closes_at=moment_of(typed, "closes"),
        anonymous=typed.one("anonymous") == "yes",
        gmina_ids=typed.many("gmina_ids"),
        kinds=typed.many("kinds"),
        sizes=typed.many("sizes"),
        pkd=[one for line in typed.lines("pkd") for one in line.replace(",", " ").split()],
    )


async def _announce(asked: Asked) -> None:
    await announce_call(asked.tx, details=call_said(asked), **about(asked))


async def _change(asked: Asked) -> None:
    await change_call(asked.tx, details=call_said(asked), seen=asked.typed.seen, **about(asked))


async def _publish(asked: Asked) -> None:
    await publish_call(asked.tx, seen=asked.typed.seen, **about(asked))


async def _up(asked: Asked) -> None:
    key = asked.typed.shaped(QuestionKeyForm).question_id
    await move_question(asked.tx, question_id=key, way="up", seen=asked.typed.seen, **about(asked))


async def _down(asked: Asked) -> None:
    key = asked.typed.shaped(QuestionKeyForm).question_id
    await move_question(asked.tx, question_id=key, way="down", seen=asked.typed.seen, **about(asked))


async def _remove(asked: Asked) -> None:
    key = asked.typed.shaped(QuestionKeyForm).question_id
    await remove_question(asked.tx, question_id=key, seen=asked.typed.seen, **about(asked))


async def _extend(asked: Asked) -> None:
    typed = asked.typed
    reason = typed.one("reason")
    if not 0 < len(reason) <= 400 or "\n" in reason:
        raise CheckField("reason")
    organisation_id, account_id = await _who(asked)
    await extend_for(
        asked.tx,
        organisation_id=organisation_id,
        account_id=account_id,
        until=moment_of(typed, "until"),
        reason=reason,
        **about(asked),
    )


async def _who(asked: Asked) -> tuple[UUID | None, UUID | None]:
    """The organisation or the person chosen from who has begun, or told by NIP or e-mail."""
    kind, _, key = asked.typed.one("who").partition(":")
    if key:
        try:
            chosen = UUID(key)
        except ValueError:
            raise CheckField("who") from None
        return (chosen, None) if kind == "organisation" else (None, chosen)
    found = await applicant_called(asked.tx, text=asked.typed.one("called"))
    if found is None:
        raise UnknownApplicant()
    return found.organisation_id, found.account_id


CALL: dict[str, Deed] = {
    "announce": Deed(_announce, N_("The call is announced. Now build its form, then publish it.")),
    "change": Deed(_change, N_("The call is saved.")),
    "publish": Deed(_publish, N_("The call is public.")),
    "up": Deed(_up, N_("The question is moved.")),
    "down": Deed(_down, N_("The question is moved.")),
    "remove": Deed(_remove, N_("The question is removed.")),
    "extend": Deed(_extend, N_("They have longer now, and were written to.")),
}
