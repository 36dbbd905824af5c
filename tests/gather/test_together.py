"""Uses that only three streams together break are found, and silent as soon as one of the three is missing or heals."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from support.judging import judge

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.git.build import Content

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


@dataclass(frozen=True)
class Plant:
    """What the target has, and what each of three streams writes; `heals` is what a fourth one writes.

    A content of None deletes the file.
    """

    name: str
    kind: str
    tree: dict[str, str]
    one: dict[str, str | None]
    other: dict[str, str | None]
    use: dict[str, str | None]
    heals: dict[str, str | None] = field(default_factory=dict)
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
NO_FILES: dict[str, str | None] = {"app/files.py": "def save(x):\n    return x\n"}
NO_NET: dict[str, str | None] = {"app/net.py": "def get(x):\n    return x\n"}
BASES = {
    "shop/__init__.py": "",
    "shop/base.py": "class Base:\n    def close(self):\n        return 1\n\n    def open(self):\n        return 2\n",
    "shop/child.py": "from shop.base import Base\n\n\nclass Child(Base):\n    def close(self):\n        return 3\n\n"
    "    def stop(self):\n        return 4\n",
}
FIXTURE = "import pytest\n\n\n@pytest.fixture\ndef client():\n    return 1\n"

PLANTS = [
    Plant("two stars", "name", STARS, NO_FILES, NO_NET, {"run.py": "from app import load\n\nprint(load(1))\n"},
          {"app/__init__.py": STARS["app/__init__.py"] + "from app.more import *\n", "app/more.py": "def load(x):\n    return 1\n"}),
    Plant("a star that leads elsewhere", "name",
          {"api.py": "from core import *\n", "core.py": "def load():\n    return 1\n",
           "core2.py": "def load():\n    return 2\n\n\ndef keep():\n    return 3\n", "run.py": "x = 1\n"},
          {"api.py": "from core2 import *\n"}, {"core2.py": "def keep():\n    return 3\n"},
          {"run.py": "import api\n\nx = api.load()\n"}),
    Plant("a patched name", "patch", STARS, NO_FILES, NO_NET,
          {"tests/test_run.py": "from unittest import mock\n\n\n@mock.patch('app.load')\ndef test_it(one):\n    assert one\n"}),
    Plant("a call of two changed signatures", "call",
          {"mail.py": SIGNATURE, "run.py": "x = 1\n"},
          {"mail.py": SIGNATURE.replace("    body='',\n", "")}, {"mail.py": SIGNATURE.replace("    retries=0,\n", "")},
          {"run.py": "from mail import send\n\nsend(1, 2, 3)\n"}),
    Plant("a method of a class and of its base", "member", {**BASES, "run.py": "x = 1\n"},
          {"shop/base.py": "class Base:\n    def open(self):\n        return 2\n"},
          {"shop/child.py": "from shop.base import Base\n\n\nclass Child(Base):\n    def stop(self):\n        return 4\n"},
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


def build(make_repo: MakeRepo, plant: Plant) -> object:
    repo = make_repo()
    tree: dict[str, Content] = {**plant.tree}
    base = repo.commit("main", tree)
    for name, files in zip(
        (*NAMES, "agent/d"), (plant.one, plant.other, plant.use, plant.heals), strict=True
    ):
        written = {path: text for path, text in files.items() if text is not None}
        gone = [path for path, text in files.items() if text is None]
        repo.commit(name, written, delete=gone, parents=[base])
    repo.write()
    return repo.folder


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_three_break_what_no_two_do(make_repo: MakeRepo, plant: Plant) -> None:
    folder = build(make_repo, plant)
    for pair in combinations(NAMES, 2):
        assert [one.code for one in judge(folder, *pair, preview=True).findings if one.code != "G220"] == []
    report = judge(folder, *NAMES, preview=True)
    assert [(one.code, one.kind, one.severity) for one in report.findings if one.code != "G220"] == [
        ("G402", plant.kind, plant.severity)
    ]
