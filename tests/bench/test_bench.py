"""The measurements measure what they say; how long anything takes is no test."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from support import git

from bench import baseline, formats, generate, migrations, modules, program, reading, samples
from gate.languages import registry
from gate.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SMALL = generate.Sizes(files=120, streams=12, changes=20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    generate.write(tmp_path / "repository", SMALL)
    return tmp_path / "repository"


def streams(folder: Path) -> list[str]:
    return git(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads/agent").split()


def test_the_repository_has_the_size_it_should(folder: Path) -> None:
    assert len(streams(folder)) == SMALL.streams
    assert len(git(folder, "ls-tree", "-r", "--name-only", "main").splitlines()) == SMALL.files + 1
    for name in streams(folder):
        assert git(folder, "diff", "--shortstat", "main", name).startswith(" 20 files changed, 20 insertions")


def test_the_baseline_is_what_each_merge_says(folder: Path, tmp_path: Path) -> None:
    measured = baseline.measure(folder, tmp_path / "store", streams(folder))
    conflicting = {
        (one, other)
        for one, other in combinations(streams(folder), 2)
        if "CONFLICT" in git(folder, "merge-tree", "--write-tree", one, other, check=False)
    }
    assert measured.pairs == 66
    assert measured.conflicting == conflicting
    assert 0 < len(conflicting) < 66


def test_the_program_finds_the_same_pairs(folder: Path, tmp_path: Path) -> None:
    _, found = program.check(folder)
    assert found == baseline.measure(folder, tmp_path / "store", streams(folder)).conflicting


def test_a_program_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 128"):
        program.timed(["git", "rev-parse", "HEAD"], tmp_path)


def test_the_modules_are_read_and_their_collisions_found(tmp_path: Path) -> None:
    """Else the measurement of names would measure nothing."""
    folder = tmp_path / "modules"
    modules.write(folder, generate.Sizes(files=20, streams=8, changes=8))

    _, out = program.timed([sys.executable, "-m", "gate", "check", "-f", "json", "--select", "G211"], folder)
    report = json.loads(out)

    assert {finding["code"] for finding in report["findings"]} == {"G211"}
    assert not [one for one in report["coverage"]["not_checked"] if "names" in one["what"]]


def test_names_are_measured_cold_and_warm(tmp_path: Path) -> None:
    modules.write(tmp_path / "modules", generate.Sizes(files=20, streams=4, changes=4))

    measured = program.names(tmp_path / "modules")

    assert min(measured.without, measured.cold, measured.moved, measured.again) > 0
    assert (tmp_path / "modules" / ".git" / "gate" / "facts.db").exists()


def test_hooks_are_measured(tmp_path: Path) -> None:
    folder = tmp_path / "hooked"
    generate.write(folder, generate.Sizes(files=50, streams=3, changes=3))

    assert min(program.hooks(folder, 1)) > 0
    assert (folder / ".git" / "gate" / "activity").exists()


def test_what_is_read_for_speed_is_read_in_full() -> None:
    sizes = generate.Sizes(files=20)
    for number in range(20):
        facts = registry.reader(".py").read(modules.text(number, sizes).encode(), ".py")
        assert facts.parse == "full"
        assert len(facts.definitions) > modules.FUNCTIONS
    assert {one.language for one in reading.speeds()} >= {"Python", "TypeScript"}


@pytest.mark.parametrize(("ending", "make"), [(ending, make) for _, ending, make in samples.MAKERS])
def test_samples_are_read_in_full(ending: str, make: Callable[[int], str]) -> None:
    if not registry.is_read(f"a{ending}"):
        pytest.skip("needs git-gate[langs]")
    facts = registry.reader(ending).read(make(3).encode(), ending)

    assert facts.parse == "full"
    assert len([one for one in facts.definitions if one.kind == "function"]) >= samples.FUNCTIONS


def test_migrations_are_measured_and_their_forks_found(tmp_path: Path) -> None:
    migrations.write(tmp_path / "many", 12, 4)
    _, out = program.timed([sys.executable, "-m", "gate", "check", "-f", "json"], tmp_path / "many")
    [fork] = [one for one in json.loads(out)["findings"] if one["code"] == "G240"]
    assert fork["branches"] == ["agent/001", "agent/003"]
    assert min(vars_of(program.migrations(tmp_path / "many"))) > 0


def vars_of(one: program.Migrations) -> tuple[float, ...]:
    return one.without, one.cold, one.warm


def test_every_format_is_measured_and_within_its_size() -> None:
    found = {one.format: one for one in formats.rendered()}

    assert found.keys() == FORMATS.keys() == formats.BYTES.keys()
    assert all(one.size <= formats.BYTES[name] for name, one in found.items())
