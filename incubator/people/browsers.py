"""What a browser calls itself, in words that people know theirs by."""

BROWSERS = (
    ("Firefox", "Firefox/"),
    ("Edge", "Edg/"),
    ("Opera", "OPR/"),
    ("Chrome", "Chrome/"),
    ("Safari", "Safari/"),
    ("curl", "curl/"),
)
"""The first whose mark is found: most browsers claim to be several."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """ "Firefox, Linux"; empty when nothing is known."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(name for name in found if name)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, mark in names if mark in user_agent), "")
