"""Every planted class or override that falls short of its base is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.planted_abstract import TREE, abstract_plants, override_plants, quiet
from names.test_names import judge, planted

if TYPE_CHECKING:
    from names.planted import Plant
    from support import MakeRepo


@pytest.mark.parametrize("plant", list(abstract_plants()), ids=str)
def test_a_class_that_lacks_a_member_is_found(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, TREE)

    findings = judge(folder, "agent/a", "agent/b")

    assert [(finding.code, finding.kind, finding.severity.value) for finding in findings] == [
        ("G215", "unimplemented", "error")
    ]
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(override_plants()), ids=str)
def test_an_override_that_no_longer_fits_is_found(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, TREE)

    findings = judge(folder, "agent/a", "agent/b")

    assert [(finding.code, finding.kind, finding.severity.value) for finding in findings] == [
        ("G215", "override", "warning")
    ]
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(quiet()), ids=str)
def test_what_nobody_can_tell_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant, TREE), "agent/a", "agent/b") == []
