"""Every planted collision in Go, Java and Rust is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gather.planted_langs import TREE, plants
from gather.test_names import judge

if TYPE_CHECKING:
    from gather.planted import Plant
    from support import MakeRepo

for _grammar in ("go", "java", "rust"):
    pytest.importorskip(f"tree_sitter_{_grammar}")


@pytest.mark.parametrize("plant", list(plants()), ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    repo = make_repo()
    base = repo.commit("main", TREE)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    folder = str(repo.folder)

    assert {one.code for one in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []
