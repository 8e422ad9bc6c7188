"""What the fields of the assessment are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "scorers_needed": N_("Scorers for each application"),
    "threshold_percent": N_("Threshold in % of the points"),
    "supplement_days": N_("Days to supplement an application"),
    "answer_days": N_("Days to answer an offered place"),
    "reserve_places": N_("Length of the reserve list"),
    "tie_rule": N_("What decides between equal points"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "help_pl": N_("What it is about, in Polish"),
    "help_en": N_("What it is about, in English"),
    "most": N_("Most points"),
    "weight": N_("Weight"),
    "least": N_("Least points"),
    "email": N_("E-mail"),
    "scorer": N_("Scorer"),
    "result": N_("Result"),
    "note": N_("What the applicant reads"),
    "met": N_("Met"),
    "panel": N_("Who sat on the panel"),
    "minutes": N_("Minutes of the meeting"),
    "reason": N_("Reason"),
    "conflicted": N_("Conflict of interest"),
    "comment": N_("Remark on the whole"),
    "sure": N_("Yes, I am sure"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    return {field: texts.gettext(label) for field, label in LABELS.items()}
