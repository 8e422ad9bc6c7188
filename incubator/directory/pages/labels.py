"""What the fields of the directory's forms are called."""

from collections.abc import Mapping

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "makes_pl": N_("What you make or do, in Polish"),
    "makes_en": N_("What you make or do, in English"),
    "looking_for_pl": N_("What you look for, in Polish"),
    "looking_for_en": N_("What you look for, in English"),
    "offers_pl": N_("What you offer others, in Polish"),
    "offers_en": N_("What you offer others, in English"),
    "town": N_("Town or village"),
    "website": N_("Website"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "pkd_2007": N_("PKD 2007 classes"),
    "pkd_2025": N_("PKD 2025 classes"),
    "specialisations": N_("Local specialisations"),
    "logo": N_("Logo"),
    "reason": N_("Reason"),
    "message": N_("What is wrong"),
    "kind": N_("What you ask for"),
    "file": N_("File"),
    "source": N_("Public register"),
    "source_day": N_("Day of the data"),
    "gmina": N_("Gmina"),
    "outcome": N_("Outcome"),
    "answer": N_("Answer"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "sure": N_("Yes, really"),
}

DESK_LABELS = {
    "name": N_("Name"),
    "regon": N_("REGON"),
    "krs": N_("KRS"),
    "sole_trader": N_("It is a sole trader"),
    "makes_pl": N_("What it makes or does, in Polish"),
    "makes_en": N_("What it makes or does, in English"),
    "looking_for_pl": N_("What it looks for, in Polish"),
    "looking_for_en": N_("What it looks for, in English"),
    "offers_pl": N_("What it offers others, in Polish"),
    "offers_en": N_("What it offers others, in English"),
}
"""What is asked of somebody else about a company."""


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}


def desk_labels_in(texts: Translator) -> Mapping[str, str]:
    return {name: texts.gettext(label) for name, label in {**LABELS, **DESK_LABELS}.items()}
