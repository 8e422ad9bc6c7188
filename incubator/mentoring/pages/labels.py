"""What the fields of mentors' forms are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "name": N_("First and last name"),
    "email": N_("E-mail"),
    "gmina_id": N_("Gmina"),
    "headline_pl": N_("In one line, in Polish"),
    "headline_en": N_("In one line, in English"),
    "about_pl": N_("Description in Polish"),
    "about_en": N_("Description in English"),
    "languages": N_("Languages"),
    "online_link": N_("Link for online meetings"),
    "topics": N_("Topics"),
    "photo": N_("Portrait"),
    "lengths": N_("How long a meeting may last"),
    "grid_minutes": N_("Start grid"),
    "break_minutes": N_("Break after each meeting"),
    "lead_minutes": N_("Notice"),
    "horizon_days": N_("How far ahead"),
    "cancel_minutes": N_("Free to cancel until"),
    "weekday": N_("Day of the week"),
    "opens": N_("from"),
    "closes": N_("until"),
    "where": N_("Where"),
    "for": N_("For whom"),
    "day": N_("Day"),
    "number": N_("Contract number"),
    "starts": N_("From (day)"),
    "ends": N_("Until (day, included)"),
    "rate": N_("Rate for an hour, in zł"),
    "budget_hours": N_("Budget in hours"),
    "organisation_hours": N_("Hours a month for each organisation"),
    "person_hours": N_("Hours a month for each private person"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "slug": N_("Address"),
    "position": N_("Place in the list"),
    "sure": N_("Yes, I am sure"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
