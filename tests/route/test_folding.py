"""The folded form of a path."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from gate import route


@settings(deadline=None)
@given(text=st.text(st.characters(), max_size=20))
def test_folding_is_stable_and_blind_to_case_and_form(text: str) -> None:
    folded = route.fold(text)
    assert route.fold(folded) == folded
    assert route.fold(unicodedata.normalize("NFD", text)) == folded
    assert route.fold(unicodedata.normalize("NFC", text)) == folded
