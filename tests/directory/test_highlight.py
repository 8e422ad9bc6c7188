"""A piece of a text with the words marked that were searched for."""

from hypothesis import given
from hypothesis import strategies as some

from incubator.directory.highlight import pieces


def marked(text: str, *words: str) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces(text, words))


def test_every_form_of_the_word_is_marked() -> None:
    assert marked("Meble i renowacja starych mebli.", "mebl") == "[Meble] i renowacja starych [mebli]."


def test_a_long_text_is_cut_around_the_first_word_found() -> None:
    told = marked("słowo " * 100 + "piekarnia " + "słowo " * 100, "piekarn")
    assert told.startswith("…") and told.endswith("…") and "[piekarnia]" in told and len(told) < 300


def test_markup_stays_text() -> None:
    assert marked("<b>chleb</b>", "chleb") == "<b>[chleb]</b>"


@given(some.text(max_size=600), some.lists(some.text(max_size=8), max_size=3))
def test_pieces_are_pieces_of_the_text(text: str, words: list[str]) -> None:
    told = "".join(piece.text for piece in pieces(text, words))
    assert told.removeprefix("…").removesuffix("…") in text or "…" in text
