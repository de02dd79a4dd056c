"""Canonical JSON: the same bytes as an independent implementation of RFC 8785, over everything this program may write."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.model.canonical import canonical

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
