"""What the fields of the desk are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "name": N_("Name"),
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "description_pl": N_("Description in Polish"),
    "description_en": N_("Description in English"),
    "terms_pl": N_("Terms in Polish"),
    "terms_en": N_("Terms in English"),
    "funding_programme": N_("Funding programme"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "status": N_("Status"),
    "code": N_("Project code"),
    "terc": N_("TERC code"),
    "county": N_("County"),
    "sure": N_("Yes, I am sure"),
    "kind": N_("Kind"),
    "capacity": N_("For how many people"),
    "area_m2": N_("Area in m²"),
    "equipment": N_("Equipment"),
    "position": N_("Place in the list"),
    "zone_id": N_("Zone"),
    "parts": N_("Rooms that it is made of"),
    "count": N_("How many"),
    "brand_pl": N_("Brand in Polish"),
    "brand_en": N_("Brand in English"),
    "specialisations_pl": N_("Local specialisations in Polish"),
    "specialisations_en": N_("Local specialisations in English"),
    "grid_minutes": N_("Start grid"),
    "shortest_minutes": N_("Shortest booking"),
    "longest_minutes": N_("Longest booking"),
    "lead_minutes": N_("Notice"),
    "horizon_days": N_("How far ahead"),
    "turnaround_minutes": N_("Pause after each booking"),
    "cancel_minutes": N_("Free to cancel until"),
    "hold_minutes": N_("How long a hold lasts"),
    "audience": N_("Who may book"),
    "quota_id": N_("Quota"),
    "organisation_hours": N_("Hours for each organisation"),
    "person_hours": N_("Hours for each private person"),
    "unit": N_("For each"),
    "day": N_("Day"),
    "hours": N_("Opening hours"),
    "note": N_("Reason"),
    "photo": N_("Photo"),
    "alt_pl": N_("What the photo shows, in Polish"),
    "alt_en": N_("What the photo shows, in English"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
