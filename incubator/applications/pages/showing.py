"""The page of an application, for its applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from litestar import Response

from incubator.applications.calls import call_of, extended_until
from incubator.applications.editable import EDITABLE
from incubator.applications.files import files_of
from incubator.applications.handing_in import in_the_way
from incubator.applications.pages.filled import filled_in, filled_of
from incubator.applications.pages.labels import labels_in
from incubator.applications.queries import asked_for, own_application
from incubator.applications.rules import Finding
from incubator.applications.states import ALLOWED, State
from incubator.applications.submit import terms_in_force
from incubator.db.engine import statement
from incubator.kernel.errors import Refusal, Stale
from incubator.kernel.period import WARSAW
from incubator.people.forms import problem_of
from incubator.people.queries import gminas
from incubator.people.visit import Visit
from incubator.web.i18n import Translator, texts_of
from incubator.web.pages import page
from incubator.web.problems import said as refused


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the form: at which `field`, what that is called (empty where it is none of the form's), and why."""

    field: str
    label: str
    sentence: str


async def show(
    visit: Visit, application_id: UUID, *, tried: bool = False, at: Mapping[str, Refusal] | None = None
) -> Response[str]:
    """The form, or what was handed in. What was typed and could not be saved is shown again; `tried` says
    of each answer what is wrong with it, `at` has what was refused by the field that it is about ("" for
    none). Raises NoSuchApplication."""
    now, typed = visit.now, visit.typed
    async with statement(visit.db) as tx:
        application = await own_application(tx, actor=visit.actor, application_id=application_id)
        call = await call_of(tx, edition_id=application.edition_id)
        files = await files_of(tx, application_id=application_id)
        places = await gminas(tx)
        until = await extended_until(tx, edition_id=call.edition_id, applicant_id=application.applicant_id)
        terms = await terms_in_force(tx, edition_id=call.edition_id, day=now.astimezone(WARSAW).date())
        asked = await asked_for(tx, application_id=application_id)
    texts = texts_of(visit.request)
    labels = {**labels_in(texts), **{f"q_{one.id}": _label(one, texts) for one in call.questions}}
    problem, status = problem_of(visit.request, visit.refusal, labels)
    faults = [
        Fault(field, labels.get(field, ""), refused(visit.request, one)) for field, one in (at or {}).items() if field
    ]
    editable = application.state in EDITABLE
    who, what = in_the_way(application, call, now=now) if editable else ([], [])
    missing = [_fault(one, labels, texts) for one in (*who, *what)]
    faults += [one for one in missing if tried and one.field not in {fault.field for fault in faults}]
    closes = max(call.closes_at, until) if until else call.closes_at
    return page(
        visit.request,
        "applications/one.html",
        status=status,
        application=application,
        call=call,
        files=files,
        gminas=places,
        closes=application.supplement_until if application.state == State.SUPPLEMENTING else closes,
        now=now,
        terms=terms,
        asked=asked,
        editable=editable,
        may_withdraw=State.WITHDRAWN in ALLOWED[application.state] and application.state != State.OFFERED,
        missing=missing,
        faults=faults,
        wrong={one.field: one.sentence for one in faults},
        typed=None,
        filled=filled_in(typed, call, application) if typed else filled_of(application),
        labels=labels,
        problem=problem,
        stale=isinstance(visit.refusal, Stale),
    )


def _fault(finding: Finding, labels: Mapping[str, str], texts: Translator) -> Fault:
    field = f"q_{finding.about}" if f"q_{finding.about}" in labels else finding.about
    return Fault(field, labels.get(field, ""), said(finding, texts))


def said(finding: Finding, texts: Translator) -> str:
    return texts.gettext(finding.sentence).format_map(finding.told)


def _label(question: object, texts: Translator) -> str:
    return getattr(question, f"label_{texts.locale}", "") or str(getattr(question, "label_pl", ""))
