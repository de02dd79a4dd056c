"""Canonical JSON: the same bytes as an independent implementation of RFC 8785, over everything this program may write."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.model.canonical import canonical, check, plainly_decoded

text = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


@given(values)
def test_same_bytes_as_an_independent_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(values)
def test_nothing_is_lost(value: object) -> None:
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    "value", [0.5, float("nan"), 2**53, -(2**53), {"ø": 1}, {1: 2}, b"x", "\ud800", {"a": "\udfff"}, complex(1)], ids=repr
)
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (UnicodeEncodeError is one)
        canonical(value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text | st.just(":1234567890123456"),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(text, inner, max_size=5),
    max_leaves=20,
)


@given(anything, st.booleans())
def test_what_the_bytes_alone_prove_needs_no_second_look(value: object, escaped: bool) -> None:
    found, is_proven = plainly_decoded(json.dumps(value, ensure_ascii=escaped, separators=(",", ":")).encode())
    assert found == value
    if is_proven:
        check(found)


@pytest.mark.parametrize("data", [b"[9007199254740992]", b'{"a":-9007199254740993}', b"0.5", b"1e3", b'{"\xc3\xb8":1}'], ids=repr)
def test_what_needs_a_second_look_gets_it(data: bytes) -> None:
    value, is_proven = plainly_decoded(data)
    assert not is_proven
    with pytest.raises(ValueError, match=r"."):
        check(value)
