"""Every planted import cycle is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.planted_cycles import TREE, certain, first, quiet
from names.test_names import judge, planted

if TYPE_CHECKING:
    from names.planted import Plant
    from support import MakeRepo


@pytest.mark.parametrize("plant", list(certain()), ids=str)
def test_a_cycle_that_always_fails_is_found(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, TREE)

    findings = judge(folder, "agent/a", "agent/b")

    assert [(finding.code, finding.severity.value) for finding in findings] == [("G214", "error")]
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(first()), ids=str)
def test_a_cycle_that_fails_from_one_end_is_found(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, TREE)

    findings = judge(folder, "agent/a", "agent/b")

    assert [(finding.code, finding.severity.value) for finding in findings] == [("G214", "warning")]
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(quiet()), ids=str)
def test_a_cycle_that_loads_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant, TREE), "agent/a", "agent/b") == []
