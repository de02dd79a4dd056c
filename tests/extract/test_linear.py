"""Patterns over text: places in characters, groups, names, and that every pattern of the finders is one."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.extract import finders
from sextortion_cli.extract.linear import Pattern


def test_places_are_in_characters_whatever_the_letters() -> None:
    pattern = Pattern(r"(?P<word>å+)(\d)?", case=False)

    found = list(pattern.finditer("€å1 ÅÅ, x å2"))

    assert [(match.span(), match.span(2), match["word"], match.group(2)) for match in found] == [
        ((1, 3), (2, 3), "å", "1"),
        ((4, 6), (-1, -1), "ÅÅ", None),
        ((10, 12), (11, 12), "å", "2"),
    ]


def test_a_group_is_known_by_the_name_that_closed_last() -> None:
    pattern = Pattern(r"(?P<one>a)|(?P<two>b)|c", case=True)

    assert [match.lastgroup for match in pattern.finditer("abcA")] == ["one", "two", None]


def test_search_match_and_fullmatch_differ_in_where_they_begin_and_end() -> None:
    pattern = Pattern("b+", case=True)

    assert pattern.search("éabb").span() == (2, 4)
    assert pattern.match("abb") is None
    assert pattern.match("bba").span() == (0, 2)
    assert pattern.fullmatch("bba") is None
    assert list(pattern.finditer("a")) == []


@pytest.mark.parametrize("name", [info.name for info in pkgutil.walk_packages(finders.__path__, f"{finders.__name__}.")])
def test_every_pattern_of_the_finders_compiles(name: str) -> None:
    module = importlib.import_module(name)
    for value in vars(module).values():
        if isinstance(value, Pattern):
            assert value.groups >= 0


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    with pytest.raises(Exception, match="missing"):
        Pattern("(", case=False).search("a")


_PATTERNS = (r"(a+)(b)?", r"\pL+", r"[0-9]{2}", r"(?:x|é)(ø*)", r"", r"b*", r"(?P<n>\d+)-(?P<m>\d+)?")


@given(st.sampled_from(_PATTERNS), st.text(alphabet="ab1 2é-ø😀x", max_size=14))
def test_it_says_what_the_librarys_own_methods_say(pattern: str, text: str) -> None:
    options = re2.Options()
    options.case_sensitive = False
    library, ours = re2.compile(pattern, options), Pattern(pattern, case=False)

    def told(match: Any) -> Any:
        return match and (match.span(), match.group(), match.groups(), match.lastgroup)

    assert [told(match) for match in ours.finditer(text)] == [told(match) for match in library.finditer(text)]
    for method in ("search", "match", "fullmatch"):
        assert told(getattr(ours, method)(text)) == told(getattr(library, method)(text)), method
