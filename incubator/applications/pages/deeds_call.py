"""What the forms of a call's desk do, each by its verb."""

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
    await asked.do(announce_call, edition_id=asked.place.id, details=call_said(asked))


async def _change(asked: Asked) -> None:
    await asked.do(change_call, edition_id=asked.place.id, details=call_said(asked), seen=asked.typed.seen)


async def _publish(asked: Asked) -> None:
    await asked.do(publish_call, edition_id=asked.place.id, seen=asked.typed.seen)


async def _move(asked: Asked) -> None:
    key, way = asked.typed.shaped(QuestionKeyForm).question_id, asked.typed.form
    await asked.do(move_question, edition_id=asked.place.id, question_id=key, way=way, seen=asked.typed.seen)


async def _remove(asked: Asked) -> None:
    key = asked.typed.shaped(QuestionKeyForm).question_id
    await asked.do(remove_question, edition_id=asked.place.id, question_id=key, seen=asked.typed.seen)


async def _extend(asked: Asked) -> None:
    typed = asked.typed
    reason = typed.one("reason")
    if not 0 < len(reason) <= 400 or "\n" in reason:
        raise CheckField("reason")
    organisation_id, account_id = await _who(asked)
    await asked.do(
        extend_for,
        edition_id=asked.place.id,
        organisation_id=organisation_id,
        account_id=account_id,
        until=moment_of(typed, "until"),
        reason=reason,
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
    "up": Deed(_move, N_("The question is moved."), to="#form"),
    "down": Deed(_move, N_("The question is moved."), to="#form"),
    "remove": Deed(_remove, N_("The question is removed."), to="#form"),
    "extend": Deed(_extend, N_("They have longer now, and were written to."), to="#longer"),
}
