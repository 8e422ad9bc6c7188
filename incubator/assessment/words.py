"""Points as people read them."""


def points_in(hundredths: int, locale: str) -> str:
    """1250 as "12.5", in Polish "12,5"; whole points without a part."""
    whole, part = divmod(hundredths, 100)
    told = str(whole) if not part else f"{whole}.{part:02}".rstrip("0")
    return told.replace(".", ",") if locale == "pl" else told
