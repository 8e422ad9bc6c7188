"""What was decided on an application, for its applicant; an offered place is declined here."""

from incubator.applications.views import ApplicationView
from incubator.assessment.answer_offer import decline_offer
from incubator.assessment.queries_outcome import outcome_for
from incubator.assessment.views_ranking import OutcomeView
from incubator.assessment.words import points_in
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body
from incubator.web.i18n import Translator


class SureForm(Body, frozen=True):
    sure: bool


async def _outcome(tx: Tx, visit: Visit) -> tuple[ApplicationView, OutcomeView]:
    return await outcome_for(tx, actor=visit.actor, application_id=visit.key("application_id"))


async def _shown(_tx: Tx, visit: Visit, decided: tuple[ApplicationView, OutcomeView]) -> Shown:
    application, outcome = decided
    return Shown(
        "assessment/decision.html",
        application=application,
        outcome=outcome,
        points=lambda hundredths: points_in(hundredths, visit.locale),
        now=visit.now,
    )


async def _decline(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    application, _ = asked.place
    await decline_offer(asked.tx, actor=asked.actor, application_id=application.id, now=asked.now)


def _labels(texts: Translator) -> dict[str, str]:
    return {"sure": texts.gettext(N_("Yes, I decline the place"))}


handlers = Screen(
    name="decision",
    path="/applications/{application_id:uuid}/decision",
    guard=signed_in,
    about=_outcome,
    shows=_shown,
    deeds={"decline": Deed(_decline, N_("You have declined the place."))},
    labels=_labels,
).handlers
