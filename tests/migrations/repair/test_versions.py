"""The next version of the same form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.migrations.repair.versions import following


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1", "2"),
        ("9", "10"),
        ("002", "003"),
        ("999", "1000"),
        ("000012", "000013"),
        ("1_2", "1_3"),
        ("1.09", "1.10"),
        ("2024.01.31.1", "2024.01.31.2"),
        ("20240131120000", "20240131120001"),
        ("20240228235959", "20240229000000"),
        ("20241231235959", "20250101000000"),
        ("202402282359", "202402290000"),
        ("000000000012", "000000000013"),
        ("20241231", "20250101"),
        ("00000012", "00000013"),
        ("1690000000999", "1690000001000"),
        ("20240131120099", "20240131120100"),
        ("20241399000000", "20241399000001"),
        ("99991231235959", "99991231235960"),
        ("99999999999999999999", "100000000000000000000"),
    ],
)
def test_the_next_version_has_the_same_form(version: str, expected: str) -> None:
    assert following(version) == expected


@given(st.from_regex(r"[0-9]{1,20}([._][0-9]{1,20}){0,3}", fullmatch=True))
def test_it_is_above(version: str) -> None:
    *head, last = version.replace("_", ".").split(".")
    *same, new = following(version).replace("_", ".").split(".")

    assert head == same
    assert int(new) > int(last)
    assert len(new) >= len(last)
