"""What annotations name must be there as the module loads, unless nothing evaluates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.planted import STORE, TREE, store
from names.test_names import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content

START = "from typing import Optional, TYPE_CHECKING\n"
TOML = "[project]\nrequires-python = '{}'\n"


def severities(
    make_repo: MakeRepo, consumer: Mapping[str, Content], more: Mapping[str, Content] | None = None
) -> list[str]:
    repo = make_repo()
    base = repo.commit("main", {**TREE, **(more or {})})
    repo.commit("agent/a", store("class Child(Base)", "class Kid(Base)"), parents=[base])
    repo.commit("agent/b", consumer, parents=[base])
    repo.write()
    return [finding.severity.value for finding in judge(str(repo.folder), "agent/a", "agent/b")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("def f(x: store.Child): ...\n", "error"),
        ("def f(x: Optional[store.Child] = None): ...\n", "error"),
        ("def f() -> store.Child: ...\n", "error"),
        ("async def f(*x: store.Child): ...\n", "error"),
        ("class N:\n    def f(self, x: store.Child): ...\n", "error"),
        ("class N:\n    x: store.Child\n", "error"),
        ("def outer():\n    def f(x: store.Child): ...\n", "error"),
        ("x: store.Child = None\n", "error"),
        ("x.y: store.Child = None\n", "error"),
        ("def f(x: 'store.Child'): ...\n", "warning"),
        ("def f(x: 'Optional[store.Child]'): ...\n", "warning"),
        ("def f(x: Optional['store.Child']): ...\n", "warning"),
        ("def f():\n    x: store.Child = None\n", "warning"),
        ("if TYPE_CHECKING:\n    def f(x: store.Child): ...\n", "warning"),
        ("def f(x: store.Base, y: 'store.Base'): ...\n", ""),
    ],
)
def test_where_an_annotation_is_evaluated(make_repo: MakeRepo, text: str, severity: str) -> None:
    start = f"{START}from pkg import store\nclass x: ...\n"
    findings = severities(make_repo, {"pkg/fresh.py": start + text})

    assert findings == [severity] * bool(severity)


def test_a_module_may_postpone_all_of_them(make_repo: MakeRepo) -> None:
    text = "from __future__ import annotations\nfrom pkg import store\n\n\ndef f(x: store.Child): ...\n"

    assert severities(make_repo, {"pkg/fresh.py": text}) == ["warning"]
    assert severities(make_repo, {"pkg/fresh.pyi": text.partition("\n")[2]}) == ["warning"]


def test_the_merged_file_says_whether_they_are_postponed(make_repo: MakeRepo) -> None:
    text = "from pkg import store\n\nA = 1\nB = 1\nC = 1\nD = 1\n"
    future = "from __future__ import annotations\n"
    repo = make_repo()
    base = repo.commit("main", {**TREE, "pkg/fresh.py": text})
    removed = {**store("class Child(Base)", "class Kid(Base)"), "pkg/fresh.py": future + text}
    repo.commit("agent/a", removed, parents=[base])
    repo.commit("agent/b", {"pkg/fresh.py": f"{text}\n\ndef f(x: store.Child): ...\n"}, parents=[base])
    repo.write()

    [finding] = judge(str(repo.folder), "agent/a", "agent/b")

    assert (finding.severity.value, finding.confidence.value) == ("warning", "certain")


@pytest.mark.parametrize(
    ("path", "manifest", "severity"),
    [
        ("pyproject.toml", TOML.format(">=3.14"), "warning"),
        ("pyproject.toml", TOML.format(">= 3.15, <4"), "warning"),
        ("pyproject.toml", TOML.format("<4,>=3.14.1"), "warning"),
        ("pyproject.toml", TOML.format("==3.14.*"), "warning"),
        ("pyproject.toml", TOML.format("~=3.14"), "warning"),
        ("pyproject.toml", TOML.format(">=3.9"), "error"),
        ("pyproject.toml", TOML.format("<3.14"), "error"),
        ("pyproject.toml", TOML.format("!=3.14"), "error"),
        ("pyproject.toml", TOML.format(">=99999999999999999999"), "warning"),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.14'\n", "warning"),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.9 || ^3.14'\n", "error"),
        ("pyproject.toml", "[project]\nrequires-python = 3.14\n", "error"),
        ("setup.cfg", "[options]\npython_requires = >=3.14\n", "warning"),
        ("setup.py", "from setuptools import setup\nsetup(python_requires='>=3.14')\n", "warning"),
        ("pkg/pyproject.toml", TOML.format(">=3.14"), "warning"),
        ("other/pyproject.toml", TOML.format(">=3.14"), "error"),
    ],
)
def test_which_interpreters_evaluate_them(
    make_repo: MakeRepo, path: str, manifest: str, severity: str
) -> None:
    use = {"pkg/fresh.py": "from pkg import store\n\n\ndef f(x: store.Child): ...\n"}

    assert severities(make_repo, use, {path: manifest}) == [severity]


def test_the_nearest_manifest_that_tells_counts(make_repo: MakeRepo) -> None:
    use = {"pkg/fresh.py": "from pkg import store\n\n\ndef f(x: store.Child): ...\n"}
    both = {"pyproject.toml": TOML.format(">=3.14"), "pkg/setup.cfg": "[options]\npython_requires = >=3.8\n"}

    assert severities(make_repo, use, both) == ["error"]
    assert severities(make_repo, use, {**both, "pkg/setup.cfg": "[mypy]\n"}) == ["warning"]


def test_an_import_that_only_an_annotation_needs(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", TREE)
    repo.commit("agent/a", store("import os\n", ""), parents=[base])
    tail = "\n\ndef cwd(x: os.PathLike): ...\n"
    repo.commit("agent/b", {"pkg/store.py": STORE + tail}, parents=[base])
    repo.write()

    [finding] = judge(str(repo.folder), "agent/a", "agent/b")

    assert (finding.severity.value, finding.message) == (
        "error",
        "agent/b uses `os.PathLike` in pkg/store.py, where agent/a removes `os`",
    )
