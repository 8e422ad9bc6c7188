"""What the fields of the forms are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {"name": N_("What you call it"), "address": N_("Address of the calendar")}


def labels_in(texts: Translator) -> dict[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}
