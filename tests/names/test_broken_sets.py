"""Uses that only three streams together break are found, and silent as soon as one of the three is missing or heals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from support.judging import judge, of_code

from gate.names import set_merges

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.report import FindingRecord

SIGNATURE = """def send(
    to,
    body='',
    #
    kind='',
    #
    #
    #
    retries=0,
):
    return to
"""
NAMES = ("agent/a", "agent/b", "agent/c")
PAIRS = tuple(combinations(NAMES, 2))


Files = Mapping[str, "Content"]


@dataclass(frozen=True)
class Plant:
    """What the target has, and what each of three streams writes."""

    name: str
    kind: str
    tree: Files
    first: Files
    second: Files
    use: Files
    severity: str = "error"

    def __str__(self) -> str:
        return self.name


STARS = {
    "app/__init__.py": "from app.files import *\nfrom app.net import *\n",
    "app/files.py": "def load(x):\n    return x\n\n\ndef save(x):\n    return x\n",
    "app/net.py": "def load(x):\n    return [x]\n\n\ndef get(x):\n    return x\n",
    "run.py": "print(1)\n",
    "other.py": "x = 1\n",
}
NO_FILES: Files = {"app/files.py": "def save(x):\n    return x\n"}
NO_NET: Files = {"app/net.py": "def get(x):\n    return x\n"}
RUNS: Files = {"run.py": "from app import load\n\nprint(load(1))\n"}
BASES = {
    "shop/__init__.py": "",
    "shop/base.py": "class Base:\n    def close(self):\n        return 1\n\n    def open(self):\n        return 2\n",
    "shop/child.py": "from shop.base import Base\n\n\nclass Child(Base):\n    def close(self):\n        return 3\n\n"
    "    def stop(self):\n        return 4\n",
}
FIXTURE = "import pytest\n\n\n@pytest.fixture\ndef client():\n    return 1\n"

PLANTS = [
    Plant("two stars", "name", STARS, NO_FILES, NO_NET, RUNS),
    Plant("a patched name", "patch", STARS, NO_FILES, NO_NET,
          {"tests/test_run.py": "from unittest import mock\n\n\n@mock.patch('app.load')\ndef test_it(m):\n    m()\n"}),
    Plant("a call of two changed signatures", "call",
          {"mail.py": SIGNATURE, "run.py": "x = 1\n"},
          {"mail.py": SIGNATURE.replace("    body='',\n", "")}, {"mail.py": SIGNATURE.replace("    retries=0,\n", "")},
          {"run.py": "from mail import send\n\nsend(1, 2, 3)\n"}),
    Plant("a method of a class and of its base", "member", {**BASES, "run.py": "x = 1\n"},
          {"shop/base.py": "class Base:\n    def open(self):\n        return 2\n"},
          {"shop/child.py": "from shop.base import Base\n\n\nclass Child(Base):\n    def stop(self):\n        pass\n"},
          {"run.py": "from shop.child import Child\n\nChild().close()\n"}),
    Plant("a folder's last files", "module",
          {"top/__init__.py": "", "top/sub/one.py": "x = 1\n", "top/sub/two.py": "y = 2\n", "run.py": "x = 1\n"},
          {"top/sub/one.py": None}, {"top/sub/two.py": None}, {"run.py": "import top.sub\n"}),
    Plant("a fixture of two folders", "fixture",
          {"tests/conftest.py": FIXTURE, "tests/api/conftest.py": FIXTURE, "tests/api/test_one.py": "x = 1\n"},
          {"tests/conftest.py": "import pytest\n"}, {"tests/api/conftest.py": "import pytest\n"},
          {"tests/api/test_one.py": "def test_it(client):\n    assert client\n"}),
    Plant("a member of unknown values", "member",
          {"one.py": "class A:\n    def frobnicate(self):\n        return 1\n\n    x = 1\n",
           "two.py": "class B:\n    def frobnicate(self):\n        return 2\n\n    y = 1\n", "run.py": "x = 1\n"},
          {"one.py": "class A:\n    x = 1\n"}, {"two.py": "class B:\n    y = 1\n"},
          {"run.py": "def go(it):\n    return it.frobnicate()\n"}, severity="warning"),
    Plant("a call through an unknown value", "call",
          {"one.py": "class A:\n    def frobnicate(self):\n        return 1\n\n    x = 1\n",
           "two.py": "class B:\n    def frobnicate(self):\n        return 2\n\n    y = 1\n", "run.py": "x = 1\n"},
          {"one.py": "class A:\n    x = 1\n"},
          {"two.py": "class B:\n    def frobnicate(self, more):\n        return 2\n\n    y = 1\n"},
          {"run.py": "def go(it):\n    return it.frobnicate()\n"}, severity="warning"),
    Plant("a barrel that leads elsewhere", "name",
          {"src/index.ts": 'export * from "./a";\n', "src/a.ts": "export const load = 1;\n",
           "src/b.ts": "export const load = 2;\nexport const keep = 3;\n", "src/run.ts": "export const x = 1;\n"},
          {"src/index.ts": 'export * from "./b";\n'}, {"src/b.ts": "export const keep = 3;\n"},
          {"src/run.ts": 'import { load } from "./index";\nexport const x = load;\n'}),
]  # fmt: skip


def build(make_repo: MakeRepo, plant: Plant, **more: Files) -> Path:
    """The target and a stream each for the plant; `more` are other streams, by the last part of their names."""
    repo = make_repo()
    base = repo.commit("main", plant.tree)
    streams = {"a": plant.first, "b": plant.second, "c": plant.use, **more}
    for name, files in streams.items():
        repo.commit(f"agent/{name}", files, parents=[base])
    repo.write()
    return repo.folder


def shown_findings(folder: Path, *branches: str) -> list[FindingRecord]:
    """What is found about names, but for what asks for an order only."""
    return [finding for finding in judge(folder, *branches).findings if finding.code != "G220"]


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_three_break_what_no_two_do(make_repo: MakeRepo, plant: Plant) -> None:
    folder = build(make_repo, plant)
    assert {pair: shown_findings(folder, *pair) for pair in PAIRS} == {pair: [] for pair in PAIRS}
    [finding] = shown_findings(folder, *NAMES)
    assert (finding.code, finding.kind, finding.severity) == ("G402", plant.kind, plant.severity)
    assert finding.branches == ["agent/c", "agent/a", "agent/b"]


STAR = PLANTS[0]
CALL = PLANTS[2]
MORE: Files = {
    "app/__init__.py": f"{STARS['app/__init__.py']}from app.more import *\n",
    "app/more.py": "def load(x):\n    return 1\n",
}


def test_a_fourth_stream_heals(make_repo: MakeRepo) -> None:
    folder = build(make_repo, STAR, d=MORE)
    assert shown_findings(folder) == []
    assert len(judge(folder).plan.order) == 4


def test_what_has_no_part_in_it_is_not_named_and_lands(make_repo: MakeRepo) -> None:
    near: Files = {"app/files.py": f"{STARS['app/files.py']}\n\nx = 1\n"}
    folder = build(make_repo, STAR, aa={"other.py": "x = 2\n"}, d=near)
    report = judge(folder)
    [finding] = of_code(report, "G402")
    assert sorted(finding.branches) == [*NAMES]
    [held] = report.plan.held
    assert held.branch in NAMES
    assert held.because == [finding.fingerprint]
    assert sorted([*report.plan.order, held.branch]) == [
        "agent/a",
        "agent/aa",
        "agent/b",
        "agent/c",
        "agent/d",
    ]


def test_the_rehearsed_tree_is_that_of_what_lands(make_repo: MakeRepo) -> None:
    folder = build(make_repo, STAR)
    report = judge(folder)
    assert [step.branch for step in report.rehearsal.steps] == report.plan.order
    assert judge(folder, *report.plan.order).rehearsal.tree == report.rehearsal.tree


def test_it_is_asked_for_alone(make_repo: MakeRepo) -> None:
    folder = build(make_repo, STAR)
    assert [finding.code for finding in judge(folder, select=("G402",)).findings] == ["G402"]
    assert of_code(judge(folder, ignore=("G402",)), "G402") == []


def test_two_sets_lose_two_streams(make_repo: MakeRepo) -> None:
    folder = build(make_repo, STAR, d={"other.py": "from app import load\n\nprint(load(2))\n"})
    report = judge(folder)
    sets = [sorted(finding.branches) for finding in of_code(report, "G402")]
    assert sets == [["agent/a", "agent/b", "agent/c"], ["agent/a", "agent/b", "agent/d"]]
    assert shown_findings(folder, *report.plan.order) == []


def test_a_file_that_a_fourth_moves(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {**STARS, "tools/run.py": "x = 1\n" * 20})
    repo.commit("agent/a", NO_FILES, parents=[base])
    repo.commit("agent/b", NO_NET, parents=[base])
    uses = "x = 1\n" * 20 + "from app import load\n"
    repo.commit("agent/c", {"tools/run.py": uses}, parents=[base])
    repo.commit("agent/d", renames={"tools/run.py": "tools/go.py"}, parents=[base])
    repo.write()
    [finding] = shown_findings(repo.folder)
    assert (finding.code, sorted(finding.branches)) == ("G402", [*NAMES])


def test_what_two_of_them_break_between_them_is_theirs(make_repo: MakeRepo) -> None:
    both = "def load():\n    return 1\n\n\ndef keep():\n    return 2\n"
    tree = {"api.py": "from core import load\n", "core.py": both, "core2.py": both, "run.py": "x = 1\n"}
    plant = Plant(
        "a re-export", "name", tree,
        {"api.py": "from core2 import load\n"}, {"core2.py": "def keep():\n    return 2\n"},
        {"run.py": "from api import load\n\nload()\n"},
    )  # fmt: skip
    folder = build(make_repo, plant)
    assert {(finding.code, *finding.branches) for finding in shown_findings(folder)} == {
        ("G211", "agent/a", "agent/b")
    }
    assert judge(folder, select=("G402",)).findings == []


def test_more_merges_than_there_is_room_for_are_said(
    make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_merges, "MOST_MERGES", 3)
    report = judge(build(make_repo, STAR))
    assert report.findings == []
    [gap] = [finding for finding in report.coverage.not_checked if "whole plan" in finding.what]
    assert gap.what == "1 use that the whole plan may break"
    assert gap.why == "it takes more than 3 merges"


def test_what_was_read_is_kept(make_repo: MakeRepo) -> None:
    folder = build(make_repo, CALL)
    first, second = (shown_findings(folder) for _ in range(2))
    assert [finding.code for finding in first] == ["G402"]
    assert first == second
