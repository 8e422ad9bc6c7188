"""What the fields of price lists are called, where a sentence has to name one."""

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "name_pl": N_("Name in Polish"),
    "name_en": N_("Name in English"),
    "act_number": N_("Number of the act"),
    "act_day": N_("Day of the act"),
    "act_url": N_("Address of the act on the web"),
    "in_force_from": N_("Counts from"),
    "stated": N_("Prices are stated"),
    "startups_incubated": N_("Every startup pays as those who take part in a programme"),
    "pays_first": N_("Who pays first"),
    "due_days": N_("Days to pay in"),
    "copy_of": N_("Begin with"),
    "position": N_("Place in the list"),
    "vat": N_("VAT"),
    "basis": N_("Basis of the exemption"),
    "step_minutes": N_("Time counts by"),
    "half_day_hours": N_("Half a day, in hours"),
    "day_hours": N_("A day, in hours"),
    "half_day_minutes": N_("Half a day, in hours"),
    "day_minutes": N_("A day, in hours"),
    "deposit_above_minutes": N_("Deposit for more than so many hours"),
    "deposit": N_("Deposit in zł"),
    "deposit_hours": N_("Deposit for more than so many hours"),
    "peak_weekdays": N_("Days with a peak"),
    "peak_from": N_("Peak from"),
    "peak_until": N_("Peak until"),
    "peak_percent": N_("Added in the peak, in percent"),
    "rates": N_("What it costs"),
    "category": N_("Who"),
    "local_only": N_("Only those at home in the gmina"),
    "unit": N_("Charged for"),
    "from_unit": N_("From which hour"),
    "price": N_("Price in zł"),
    "market": N_("Market price in zł"),
    "space_ids": N_("Spaces"),
    "per": N_("Counts by"),
    "steps": N_("What goes back to who calls off"),
    "before": N_("Before the start"),
    "percent": N_("Goes back, in percent"),
    "kind": N_("Good for"),
    "amount": N_("How much"),
    "valid_days": N_("Good for so many days"),
    "sure": N_("Yes, I am sure"),
    "space": N_("Space"),
    "day": N_("Day"),
    "starts": N_("From"),
    "ends": N_("To"),
    "until": N_("Last day"),
    "people": N_("How many people"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    """The labels in one language."""
    return {name: texts.gettext(label) for name, label in LABELS.items()}
