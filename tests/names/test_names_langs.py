"""Every planted collision in Go, Java and Rust is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.go import planted as planted_go
from languages.java import planted as planted_java
from languages.rust import planted as planted_rust
from names.test_names import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from names.planted import Plant
    from support import MakeRepo

    from gate.demo.repository_builder import Content

for _grammar in ("go", "java", "rust"):
    pytest.importorskip(f"tree_sitter_{_grammar}")


CASES = [
    pytest.param(tree, plant, id=f"{language}-{plant}")
    for language, tree, plants in (
        ("go", planted_go.TREE, planted_go.plants()),
        ("java", planted_java.TREE, planted_java.plants()),
        ("rust", planted_rust.TREE, planted_rust.plants()),
    )
    for plant in plants
]


@pytest.mark.parametrize(("tree", "plant"), CASES)
def test_a_planted_collision_is_found_and_its_twin_is_silent(
    make_repo: MakeRepo, tree: Mapping[str, Content], plant: Plant
) -> None:
    repo = make_repo()
    base = repo.commit("main", tree)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    folder = str(repo.folder)

    assert {finding.code for finding in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []
