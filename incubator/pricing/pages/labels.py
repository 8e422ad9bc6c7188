"""What the fields of price lists are called, where a sentence has to name one."""

from collections.abc import Mapping

from incubator.kernel.errors import N_
from incubator.people.forms import Typed
from incubator.pricing.states import Category, Unit
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


WHO: Mapping[str, str] = {
    Category.RESIDENT: N_("Private persons"),
    Category.NGO: N_("NGOs (associations, foundations)"),
    Category.INCUBATED: N_("Incubated startups"),
    Category.PUBLIC: N_("Public bodies"),
    Category.COMMERCIAL: N_("Other organisations (commercial)"),
}
FOR: Mapping[str, str] = {
    Unit.HOUR: N_("hour"),
    Unit.HALF_DAY: N_("half a day"),
    Unit.DAY: N_("day"),
    Unit.MONTH: N_("month"),
    Unit.ENTRY: N_("entry (a person, a day)"),
}
COLUMNS = {"price": "price", "market": "market", "row": "rates"}


def row_labels(texts: Translator, typed: Typed | None, *, most: int) -> Mapping[str, str]:
    """What the fields of the rows of prices are called: the column, which row, and whose price for what it is."""
    if typed is None:
        return {}
    labels = labels_in(texts)
    return {
        f"{name}_{n}": texts.gettext(N_("{column}, row {n} ({what})")).format(
            column=labels[column], n=n + 1, what=_what(texts, typed, n)
        )
        for n in range(most)
        for name, column in COLUMNS.items()
    }


def _what(texts: Translator, typed: Typed, n: int) -> str:
    who, unit, begins = (typed.one(f"{name}_{n}") for name in ("category", "unit", "from_unit"))
    told = [texts.gettext(said[value]) for said, value in ((WHO, who), (FOR, unit)) if value in said]
    if begins not in ("", "1"):
        told.append(texts.gettext(N_("from {n}")).format(n=begins[:4]))
    return ", ".join(told)
