"""Uses that only three streams together break are found, and silent as soon as one of the three is missing or heals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from support.judging import judge

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo

    from gate.git.build import Content
    from gate.model.report import Finding

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
    one: Files
    other: Files
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
    streams = {"a": plant.one, "b": plant.other, "c": plant.use, **more}
    for name, files in streams.items():
        repo.commit(f"agent/{name}", files, parents=[base])
    repo.write()
    return repo.folder


def told(folder: Path, *branches: str) -> list[Finding]:
    """What is found about names, but for what asks for an order only."""
    return [one for one in judge(folder, *branches).findings if one.code != "G220"]


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_three_break_what_no_two_do(make_repo: MakeRepo, plant: Plant) -> None:
    folder = build(make_repo, plant)
    assert {pair: told(folder, *pair) for pair in PAIRS} == {pair: [] for pair in PAIRS}
    [finding] = told(folder, *NAMES)
    assert (finding.code, finding.kind, finding.severity) == ("G402", plant.kind, plant.severity)
    assert finding.branches == ["agent/c", "agent/a", "agent/b"]
