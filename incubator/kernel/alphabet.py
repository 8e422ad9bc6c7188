"""The order of the Polish alphabet (ą after a, ż after ź), and names without its marks."""

import unicodedata

# Each letter after the plain one that it comes from; ~ sorts behind them all.
POLISH = str.maketrans(
    {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
)

# What Unicode does not take apart into a letter and a mark.
APART = str.maketrans("łŁøØđĐßæÆœŒ", "lLoOdDsaAoO")


def alphabetical(text: str) -> str:
    """A key to sort by."""
    return text.lower().translate(POLISH)


def unaccented(text: str) -> str:
    """In small letters without marks, as somebody types who has no Polish keyboard: "Łucja Żak" as "lucja zak"."""
    apart = unicodedata.normalize("NFKD", text.translate(APART).lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
