"""What two open streams break is found of either once the other has landed, however it lands; twins stay silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.go import planted as planted_go
from languages.java import planted as planted_java
from languages.javascript import planted as planted_javascript
from languages.python.planted import PYTHON_TREE, python_plants
from languages.rust import planted as planted_rust
from names.planted import TREE, plants, twice
from names.test_names import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from names.planted import Plant
    from support import MakeRepo

    from gate.demo.repository_builder import Content

PLANTED = [
    pytest.param(tree, plant, id=f"{name}-{plant}")
    for name, tree, cases in (
        ("names", TREE, [*plants(), *(plant for plant in twice() if plant.code)]),
        ("python", PYTHON_TREE, python_plants()),
        ("javascript", planted_javascript.TREE, planted_javascript.plants()),
        ("go", planted_go.TREE, planted_go.plants()),
        ("java", planted_java.TREE, planted_java.plants()),
        ("rust", planted_rust.TREE, planted_rust.plants()),
    )
    for plant in cases
]


def landed(make_repo: MakeRepo, plant: Plant, tree: Mapping[str, Content]) -> str:
    """A repository in which each stream is open, and a target for each that it alone has landed on."""
    repo = make_repo()
    base = repo.commit("main", tree)
    a = repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    b = repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.commit("with/a", plant.producer, parents=[base, a], renames=plant.renames)
    repo.commit("with/b", plant.breaks, parents=[base, b])
    repo.commit("with/c", plant.fits, parents=[base])
    repo.write()
    return str(repo.folder)


def codes(folder: str, branch: str, target: str) -> set[str]:
    found = judge(folder, branch, target=target)
    assert all(finding.against is not None and finding.branches == (branch,) for finding in found)
    return {finding.code for finding in found}


@pytest.mark.parametrize(("tree", "plant"), PLANTED)
def test_it_is_found_once_either_has_landed(
    make_repo: MakeRepo, tree: Mapping[str, Content], plant: Plant
) -> None:
    folder = landed(make_repo, plant, tree)

    assert codes(folder, "agent/b", "with/a") == {plant.code}
    assert codes(folder, "agent/a", "with/b") == {plant.code}
    assert codes(folder, "agent/c", "with/a") == set()
    assert codes(folder, "agent/a", "with/c") == set()
