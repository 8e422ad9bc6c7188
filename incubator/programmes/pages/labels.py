"""What the fields of programmes are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "name": N_("Name"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "summary_pl": N_("In one sentence, in Polish"),
    "summary_en": N_("In one sentence, in English"),
    "about_pl": N_("About it in Polish"),
    "about_en": N_("About it in English"),
    "gmina": N_("Run by"),
    "starts_on": N_("First day"),
    "ends_on": N_("Last day"),
    "demo_day": N_("Demo day"),
    "places": N_("Places"),
    "presence_percent": N_("Presence for a certificate, in percent"),
    "on_day": N_("Day"),
    "kind": N_("Kind"),
    "amount": N_("How much"),
    "url": N_("Web address"),
    "role_pl": N_("As what, in Polish"),
    "role_en": N_("As what, in English"),
    "mentors": N_("Mentors"),
    "text_pl": N_("Terms in Polish"),
    "text_en": N_("Terms in English"),
    "in_force_from": N_("In force from"),
    "sure": N_("Yes, I am sure"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
