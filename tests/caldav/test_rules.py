"""The pure parts: addresses, tokens and answers."""

from datetime import date
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.caldav import names
from incubator.caldav.answers import Missing, Told, error, multistatus, response, text
from incubator.caldav.paths import ORGANISATION, PERSONAL, Collection, Home, Resource, Root, place_at, resource_at
from incubator.caldav.tokens import Token, token_of

ME, ORG, THING = UUID(int=1), UUID(int=2), UUID(int=3)
OWN, THEIRS = Collection(ME, PERSONAL, ME), Collection(ME, ORGANISATION, ORG)


@pytest.mark.parametrize("place", [Root(), Home(ME), OWN, THEIRS, Resource(OWN, THING), Resource(THEIRS, THING)])
def test_every_place_is_found_where_it_says_it_is(place: Root | Home | Collection | Resource) -> None:
    assert place_at(place.href) == place


@pytest.mark.parametrize("path", ["/dav/x/", f"/dav/{ME}/x/", f"/dav/{ME}/organisation-x/", f"{OWN.href}x.ics", f"{OWN.href}{THING}", f"{OWN.href}a/b.ics"])  # fmt: skip
def test_nothing_is_elsewhere(path: str) -> None:
    assert place_at(path) is None


@given(st.text(max_size=80))
def test_no_address_breaks_it(path: str) -> None:
    place_at(f"/dav/{path}")
    resource_at(path, within=OWN)


def test_a_thing_is_known_by_path_or_whole_address_and_only_in_its_own_calendar() -> None:
    thing = Resource(OWN, THING)
    for href in (thing.href, f"https://example.com{thing.href}", thing.href.replace("-", "%2D")):
        assert resource_at(href, within=OWN) == thing
        assert resource_at(href, within=THEIRS) is None


@given(st.dictionaries(st.uuids(), st.integers(0, 2**63 - 1), max_size=40))
def test_a_token_says_what_went_into_it(versions: dict[UUID, int]) -> None:
    token = Token(1, date(2026, 9, 7), "pl", versions)
    assert token_of(str(token)) == token


@given(st.text(max_size=60) | st.text(alphabet="AZaz09-_=", max_size=60).map("urn:incubator:sync:1-260907:{}".format))
def test_no_text_breaks_it(text: str) -> None:
    token_of(text)


FIT = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@given(st.text(alphabet=FIT))
def test_an_answer_says_what_was_put_in(title: str) -> None:
    told = Told("/dav/ł & <x>/", {names.DISPLAY_NAME: text(title), names.RESOURCE_TYPE: ""}, ('{urn:a&"<}b', "c"))
    root = ElementTree.fromstring(
        multistatus([response(one).encode() for one in (told, Missing("/gone"))], sync_token="a&b")
    )
    first, gone = root.findall(names.dav("response"))
    assert first.findtext(names.HREF) == "/dav/ł & <x>/" and gone.findtext(names.HREF) == "/gone"
    assert root.findtext(names.SYNC_TOKEN) == "a&b"
    kept, unknown = first.findall(names.dav("propstat"))
    assert kept.findtext(f"{names.PROP}/{names.DISPLAY_NAME}", "") == title
    assert [one.tag for one in unknown.find(names.PROP) or ()] == ['{urn:a&"<}b', "c"]


@given(st.text())
def test_what_xml_cannot_hold_is_left_out(title: str) -> None:
    ElementTree.fromstring(multistatus([response(Told("/a", {names.DISPLAY_NAME: text(title)})).encode()]))


def test_lines_of_a_calendar_keep_their_ends() -> None:
    told = Told("/a", {names.CALENDAR_DATA: text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")})
    found = ElementTree.fromstring(multistatus([response(told).encode()])).findtext(f".//{names.CALENDAR_DATA}")
    assert found == "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_a_condition_that_does_not_hold_is_named() -> None:
    assert ElementTree.fromstring(error(names.dav("valid-sync-token")))[0].tag == names.dav("valid-sync-token")
