"""What the fields of these pages are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "organisation_id": N_("Organisation"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "due_on": N_("Due on"),
    "number": N_("Number of the agreement"),
    "signed_on": N_("Signed on"),
    "reason": N_("Reason"),
    "note": N_("Note"),
    "plan": N_("Individual plan"),
    "evidence": N_("What was reached"),
    "evidence_url": N_("Where it can be seen (address)"),
    "day": N_("Day"),
    "starts": N_("From"),
    "ends": N_("To"),
    "place": N_("Where"),
    "space_id": N_("Room of ours"),
    "required": N_("Counts for the certificate"),
    "how": N_("How it is known"),
    "minutes": N_("Minutes"),
    "account_id": N_("For whom"),
    "sure": N_("Yes, I am sure"),
    "in_business": N_("Is the company still in business?"),
    "jobs": N_("Jobs, in full-time equivalents"),
    "revenue_band": N_("Revenue of the last 12 months"),
    "funding": N_("Funding raised since the programme began, in PLN"),
    "comment": N_("Anything else?"),
    "kind": N_("Kind"),
    "amount": N_("How much"),
    "first_day": N_("First day"),
    "last_day": N_("Last day"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
