"""`patience`: read, written and described from its row."""

from __future__ import annotations

import pytest

from gate.config import load
from gate.config.schema import schema
from gate.config.write import dump
from gate.errors import PolicyError


def test_it_is_read_written_and_described() -> None:
    policy = load(b"patience = 3\n", path="gate.toml", origin="file")
    assert policy.patience == 3  # type: ignore[attr-defined]
    assert "patience = 3  # days" in dump(policy)
    assert schema()["properties"]["patience"]["minimum"] == 1


def test_a_mistake_has_its_line() -> None:
    with pytest.raises(PolicyError) as caught:
        load(b"\npatience = 0\n", path="gate.toml", origin="file")
    assert caught.value.mistakes[0].startswith("gate.toml:2: patience: must be at least 1")
