"""A version as ETag, and what If-Match may say."""

import pytest

from incubator.web.etags import ChangedMeanwhile, IfMatchRequired, etag, must_be_current, seen_version


def test_what_was_tagged_is_read_back() -> None:
    assert seen_version(etag(7)) == 7
    assert seen_version(f" {etag(7)} ") == 7


def test_a_star_means_whatever_is_there() -> None:
    assert seen_version("*") is None
    must_be_current(3, None)


@pytest.mark.parametrize("header", [None, "", "  "])
def test_a_missing_header_is_asked_for(header: str | None) -> None:
    with pytest.raises(IfMatchRequired):
        seen_version(header)


@pytest.mark.parametrize("header", ["7", 'W/"7"', '""', '"x"', '"-1"', '"²"', '"99999999999"', '"1", "2"', '"'])
def test_a_tag_that_is_not_ours_matches_nothing(header: str) -> None:
    with pytest.raises(ChangedMeanwhile):
        seen_version(header)


def test_a_version_that_passed_is_refused() -> None:
    must_be_current(3, 3)
    with pytest.raises(ChangedMeanwhile) as refused:
        must_be_current(4, 3)
    assert refused.value.current == 4
