"""What companies say of themselves: bodies of requests, forms, and the arguments of verbs alike."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from incubator.directory.rules import clean_classes, web_address
from incubator.people import rules as people_rules
from incubator.web.bodies import Body, Line, OptionalLine, Slug

Text = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
PkdClass = Annotated[str, Meta(max_length=10, pattern=r"^[^\x00\r\n]*$(?!\n)")]
Phone = Annotated[str, Meta(max_length=40, pattern=r"^[0-9+() -]*$(?!\n)")]
Slugs = Annotated[list[Slug], Meta(max_length=10)]


class ProfileDetails(Body, frozen=True):
    """What a company tells the public. Contact only as it wants it to be public; specialisations by
    their slugs."""

    makes_pl: Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    makes_en: Text = ""
    looking_for_pl: Text = ""
    looking_for_en: Text = ""
    offers_pl: Text = ""
    offers_en: Text = ""
    town: OptionalLine = ""
    website: OptionalLine = ""
    email: OptionalLine = ""
    phone: Phone = ""
    pkd_2007: Annotated[list[PkdClass], Meta(max_length=10)] = []
    pkd_2025: Annotated[list[PkdClass], Meta(max_length=10)] = []
    specialisations: Slugs = []


class RegisterDetails(ProfileDetails, frozen=True, kw_only=True):
    """What the gmina says of a company that was taken over from a register; its NIP stays. What it makes need not be
    known."""

    makes_pl: Text = ""
    name: Line
    sole_trader: bool = False
    regon: OptionalLine = ""
    krs: OptionalLine = ""


class SpecialisationNames(Body, frozen=True):
    """What a local specialisation is called."""

    name_pl: Line
    name_en: OptionalLine = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """As they are kept: the columns of a profile that its people write."""

    makes_pl: str
    makes_en: str
    looking_for_pl: str
    looking_for_en: str
    offers_pl: str
    offers_en: str
    town: str
    website: str
    email: str
    phone: str
    pkd_2007: list[str]
    pkd_2025: list[str]


def cleaned(details: ProfileDetails) -> ProfileFacts:
    """Raises BadWebsite, BadEmail, BadPkd."""
    return ProfileFacts(
        makes_pl=details.makes_pl.strip(),
        makes_en=details.makes_en.strip(),
        looking_for_pl=details.looking_for_pl.strip(),
        looking_for_en=details.looking_for_en.strip(),
        offers_pl=details.offers_pl.strip(),
        offers_en=details.offers_en.strip(),
        town=" ".join(details.town.split()),
        website=web_address(details.website),
        email=people_rules.email_address(details.email) if details.email.strip() else "",
        phone=details.phone.strip(),
        pkd_2007=clean_classes(details.pkd_2007, edition=2007, clean=people_rules.pkd),
        pkd_2025=clean_classes(details.pkd_2025, edition=2025, clean=people_rules.pkd),
    )
