"""What names stand for across files."""

from __future__ import annotations

import pytest
from languages.worlds import answered_uses, says

PACKAGE = {"p/__init__.py": "", "p/m.py": "def f(): ...\nX = 1\n_y = 2\n"}


@pytest.mark.parametrize(
    ("more", "text", "expected"),
    [
        ({"use.py": "from p.m import f"}, "p.m.f", "fine"),
        ({"use.py": "from p.m import g"}, "p.m.g", "fails"),
        ({"use.py": "from p import m"}, "p.m", "fine"),
        ({"use.py": "from p.n import g"}, "p.n.g", "fails"),
        ({"use.py": "import json"}, "json", "fine"),
        ({"use.py": "import p.m\np.m.f"}, "p.m.f", "fine"),
        ({"use.py": "import p.m\np.m.g"}, "p.m.g", "fails"),
        ({"use.py": "import p.m as q\nq.g"}, "q.g", "fails"),
        ({"use.py": "from p.m import *\nf"}, "f", "fine"),
        ({"use.py": "from p.m import *\ng"}, "g", "fails"),
        ({"use.py": "from p.m import *\n_y"}, "_y", "fails"),
        ({"use.py": "from os import *\ng"}, "g", "silent"),
        ({"use.py": "len"}, "len", "silent"),
        ({"use.py": "nowhere"}, "nowhere", "fails"),
        ({"use.py": "from q import f", "q.py": "from p.m import f"}, "q.f", "fine"),
        ({"use.py": "from q import g", "q.py": "from p.m import g"}, "q.g", "fails"),
        ({"use.py": "from q import z", "q.py": "import os as z"}, "q.z", "fine"),
        ({"use.py": "from q import z", "q.py": "def __getattr__(n): ..."}, "q.z", "silent"),
        ({"use.py": "from q import z", "q.py": "globals()['z'] = 1"}, "q.z", "silent"),
        ({"use.py": "from q import z", "q.py": "if a:\n z = 1"}, "q.z", "fine"),
        ({"use.py": "from q import z", "q.py": "exec(a)"}, "q.z", "silent"),
        ({"use.py": "from q import z", "q.py": "def f():\n exec(a)"}, "q.z", "fails"),
        ({"use.py": "from q import z", "q.py": "def f():\n global z\n z = 1"}, "q.z", "silent"),
        ({"use.py": "from q import z", "q.py": "def ("}, "q.z", "silent"),
        ({"use.py": "from q import z", "q.py": "from p.m import *\n__all__ = ['f']"}, "q.z", "fails"),
        ({"use.py": "from q import a", "q.py": "from r import a", "r.py": "from q import a"}, "q.a", "fine"),
        ({"use.py": "import q\nq.x", "q.py": "__all__ = dir()"}, "q.x", "fails"),
        ({"use.py": "from q import *\nb", "q.py": "__all__ = ['b']\na = b = 1"}, "b", "fine"),
        ({"use.py": "from q import *\na", "q.py": "__all__ = ['b']\na = b = 1"}, "a", "fails"),
        ({"use.py": "from n.m import A", "n/m.py": "A = 1"}, "n.m.A", "fine"),
        ({"use.py": "from n.k import A", "n/m.py": "A = 1"}, "n.k.A", "fails"),
        ({"tests/use.py": "from lib import A", "src/lib/__init__.py": "A = 1"}, "lib.A", "fine"),
        ({"p/use.py": "from .m import f"}, ".m.f", "fine"),
        ({"p/q/use.py": "from ..m import f", "p/q/__init__.py": ""}, "..m.f", "fine"),
        ({"p/use.py": "from .k import f"}, ".k.f", "fails"),
        ({"p/use.py": "from . import m"}, ".m", "fine"),
    ],
)  # fmt: skip
def test_names_of_modules(more: dict[str, str], text: str, expected: str) -> None:
    path = next(path for path in more if path.endswith("use.py"))

    assert says(PACKAGE | more, path, text) == expected


CLASSES = "class A:\n  x = 1\n  def m(self):\n    self.y = 1\nclass B(A): ...\nclass U(Outside): ...\n"


@pytest.mark.parametrize(
    ("use", "text", "expected"),
    [
        ("A().m", "A().m", "fine"),
        ("A.x", "A.x", "fine"),
        ("A().y", "A().y", "fine"),
        ("A().n", "A().n", "fails"),
        ("B().m", "B().m", "fine"),
        ("B().n", "B().n", "fails"),
        ("U().m", "U().m", "fails"),
        ("class C(B):\n def f(self): self.m", "self.m", "fine"),
        ("class C(B):\n def f(self): self.n", "self.n", "fails"),
        ("class C(B):\n def m(self): super().m", "super().m", "fine"),
        ("class C:\n def __getattr__(self, n): ...\nC().n", "C().n", "silent"),
        ("class C:\n def f(self): setattr(self, a, 1)\nC().n", "C().n", "fails"),
        ("import dataclasses\n@made\nclass C: ...\nC().n", "C().n", "fails"),
        ("A.__name__", "A.__name__", "silent"),
        ("b = B()\nb.m", "b.m", "fine"),
        ("b = B()\nb.n", "b.n", "fails"),
        ("b = B\nb.m", "b.m", "silent"),
    ],
)
def test_members(use: str, text: str, expected: str) -> None:
    assert says({"use.py": CLASSES + use}, "use.py", text) == expected


DERIVED = (
    "import enum\nfrom enum import Enum\nclass A(Enum):\n  RED = 1\n"
    "class E(ValueError): ...\nclass U(Thing): ...\n"
)


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("A.RED", (True, True)),
        ("A.BLUE", (False, True)),
        ("A.name", (False, False)),
        ("A.mro", (False, False)),
        ("A._secret", (False, False)),
        ("E().args", (False, False)),
        ("E().code", (False, True)),
        ("U.x", (False, False)),
    ],
)
def test_classes_of_pythons_own_are_known(use: str, expected: tuple[bool, bool]) -> None:
    [answer] = [
        provided for item, provided in answered_uses({"use.py": DERIVED + use}, "use.py") if item.text == use
    ]

    assert (answer.fine, answer.sure) == expected


def test_where_a_class_is_not_wholly_known_a_missing_member_is_unsure() -> None:
    [answer] = [
        provided
        for use, provided in answered_uses({"use.py": CLASSES + "U().m"}, "use.py")
        if use.text == "U().m"
    ]

    assert not answer.sure
