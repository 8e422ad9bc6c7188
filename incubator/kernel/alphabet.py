"""The order of the Polish alphabet: ą after a, ż after ź."""

# Each letter after the plain one that it comes from; ~ sorts behind them all.
POLISH = str.maketrans(
    {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
)


def alphabetical(text: str) -> str:
    """A key to sort by."""
    return text.lower().translate(POLISH)
