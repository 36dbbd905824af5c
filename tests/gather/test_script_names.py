"""Every collision planted in JavaScript and TypeScript is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gather.planted_script import TREE, plants, silent
from gather.test_names import judge

if TYPE_CHECKING:
    from gather.planted import Plant
    from support import MakeRepo


def planted(make_repo: MakeRepo, plant: Plant) -> str:
    """A repository with the plant's producer, its consumer and the consumer's twin."""
    repo = make_repo()
    base = repo.commit("main", TREE)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    return str(repo.folder)


@pytest.mark.parametrize("plant", list(plants()), ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant)

    assert {(one.code, one.severity.value) for one in judge(folder, "agent/a", "agent/b")} == {
        (plant.code, "error")
    }
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(silent()), ids=str)
def test_what_works_together_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant), "agent/a", "agent/b") == []
