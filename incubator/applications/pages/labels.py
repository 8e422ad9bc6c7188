"""What the fields of calls and applications are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "opens_day": N_("Opens on"),
    "opens_time": N_("at what time"),
    "closes_day": N_("Closes on"),
    "closes_time": N_("at what time"),
    "anonymous": N_("Scorers do not see who applied"),
    "youngest_months": N_("Youngest company, in months"),
    "oldest_months": N_("Oldest company, in months"),
    "gmina_ids": N_("Gminas"),
    "kinds": N_("Kinds of applicants"),
    "sizes": N_("Sizes of companies"),
    "pkd": N_("PKD class"),
    "intro_pl": N_("What stands above the form, in Polish"),
    "intro_en": N_("What stands above the form, in English"),
    "label_pl": N_("Question in Polish"),
    "label_en": N_("Question in English"),
    "help_pl": N_("Help for answering, in Polish"),
    "help_en": N_("Help for answering, in English"),
    "options": N_("Answers to choose from"),
    "least": N_("At least"),
    "most": N_("At most"),
    "media": N_("Types of files"),
    "who": N_("Who"),
    "until_day": N_("Until"),
    "until_time": N_("at what time"),
    "reason": N_("Reason"),
    "title": N_("Title of your idea"),
    "registered_on": N_("Day of registration of the company"),
    "size": N_("Size of the company"),
    "gmina_id": N_("Gmina"),
    "terms": N_("Terms"),
    "sure": N_("Yes, I am sure"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
