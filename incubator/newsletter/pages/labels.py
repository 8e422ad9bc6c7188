"""What the fields of the newsletter's forms are called."""

from collections.abc import Mapping

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "email": N_("E-mail address"),
    "locale": N_("Language"),
    "gmina_ids": N_("Gminas"),
    "interests": N_("Interests"),
    "consent": N_("Consent"),
    "gmina_id": N_("Whose issue it is"),
    "title_pl": N_("Title in Polish"),
    "title_en": N_("Title in English"),
    "to_gmina_ids": N_("For readers of these gminas"),
    "to_interests": N_("For readers with these interests"),
    "text_pl": N_("Text in Polish"),
    "text_en": N_("Text in English"),
    "session_id": N_("Session"),
    "edition_id": N_("Call"),
    "at": N_("Part"),
    "send_at": N_("Day and time"),
    "sure": N_("Yes, really"),
}


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}
