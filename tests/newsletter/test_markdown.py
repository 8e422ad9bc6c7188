"""What people write is shown, and what they could do with it is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.newsletter.markdown import to_html, to_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "![x](https://example.com/pixel.gif)",
    '<https://a.pl/" onmouseover="x>',
    '[x](https://a.pl/"onmouseover="x)',
    "<a href='javascript:1'>x</a>",
    "`<b>`",
    "[x]: javascript:alert(1)\n\n[x]",
    "<iframe src=//evil>",
]
TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "hr", "br"}


@pytest.mark.parametrize("source", HOSTILE)
def test_what_is_hostile_is_shown_as_it_was_typed(source: str) -> None:
    _harmless(to_html(source))


@given(
    st.lists(st.sampled_from([*HOSTILE, "# ", "> ", "- ", "1. ", "**", "_", "\n", "\n\n", "    ", "x", "[", "]("])).map(
        "".join
    )
)
def test_nothing_harmful_comes_of_any_mixture(source: str) -> None:
    _harmless(to_html(source))
    to_text(source)


def _harmless(html: str) -> None:
    for tag, rest in re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>", html):
        assert tag in TAGS, html
        attributes = re.findall(r'([a-z]+)="([^"]*)"', rest)
        assert {name for name, _ in attributes} <= {"href", "title", "start", "class"}, html
        for name, value in attributes:
            if name == "href":
                assert value.startswith(("https://", "http://", "mailto:")), html


def test_headings_go_down_one_at_a_time_from_the_second() -> None:
    html = to_html("#### A\n\n# B\n\n### C\n\n###### D")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h2", "h3", "h4"]


def test_plain_text_says_the_same() -> None:
    source = "# Hej\n\n**Ważne**: [strona](https://a.pl/x) i <https://b.pl>.\n\n- raz\n- dwa\n\n3. trzy\n4. cztery\n\n---\n\n> cytat"
    assert to_text(source) == (
        "Hej\n\nWażne: strona (https://a.pl/x) i https://b.pl.\n\n- raz\n\n- dwa\n\n3. trzy\n\n4. cztery\n\n"
        "--------------------\n\ncytat"
    )
