"""What strings stand for, and where modules are looked for."""

from __future__ import annotations

import pytest
from languages.worlds import answered_uses

APP = {
    "shop/__init__.py": "",
    "shop/models.py": "class Order: ...\n",
    "shop/tasks.py": "def add(): ...\n",
    "cart/__init__.py": "",
    "cart/models/__init__.py": "from .line import Line\n",
    "cart/models/line.py": "class Line: ...\n",
    "one/same/models.py": "class A: ...\n",
    "two/same/models.py": "class A: ...\n",
}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("use.py", "import_module('shop.tasks')", "fine"),
        ("use.py", "import_module('shop.gone')", "fails"),
        ("use.py", "import_string('shop.tasks.add')", "fine"),
        ("use.py", "import_string('shop.tasks.gone')", "fails"),
        ("use.py", "patch('shop.tasks')", "fine"),
        ("use.py", "setup(entry_points={'x': ['y=shop.tasks:add']})", "fine"),
        ("use.py", "ForeignKey('shop.Order')", "fine"),
        ("use.py", "ForeignKey('shop.Gone')", "fails"),
        ("use.py", "ForeignKey('cart.Line')", "fine"),
        ("use.py", "ForeignKey('auth.User')", "silent"),
        ("use.py", "ForeignKey('same.A')", "silent"),
        ("use.py", "ForeignKey('Order')", "silent"),
        ("shop/more.py", "ForeignKey('Order')", "fine"),
        ("shop/migrations/use.py", "ForeignKey('shop.Gone')", "silent"),
        ("shop/use.py", "def f(): ...\n__all__ = ['f']", "fine"),
        ("shop/use.py", "__all__ = ['f']", "fails"),
        ("pack/__init__.py", "__all__ = ['part']", "fine"),
    ],
)
def test_strings(path: str, text: str, expected: str) -> None:
    files = {**APP, "pack/part.py": "", path: text}
    answers = [
        answer
        for use, answer in answered_uses(files, path)
        if use.kind in ("patch", "object", "model", "export")
    ]

    assert ["fails" if answer.fails else "fine" if answer.fine else "silent" for answer in answers] == [
        expected
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"back/ns/part/m.py": "A = 1"}, "fails"),
        ({"back/ns/part/m.py": "A = 1", "pyproject.toml": "[tool.ruff]\nsrc = ['back']"}, "fine"),
        ({"w/back/ns/part/m.py": "A = 1", "w/setup.cfg": "[options]\npackage_dir =\n  =back"}, "fine"),
        ({"back/ns/part/m.py": "A = 1", "setup.py": "setup(package_dir={'': 'back'})"}, "fine"),
    ],
)
def test_declared_roots(files: dict[str, str], expected: str) -> None:
    [answer] = [
        provided
        for _, provided in answered_uses({**files, "t/use.py": "from ns.part.m import A"}, "t/use.py")
    ]

    assert ("fails" if answer.fails else "fine") == expected


@pytest.mark.parametrize(
    ("path", "sure"),
    [("use.py", False), ("one/use.py", True)],
)
def test_a_module_of_which_there_are_two_is_unsure_but_from_its_own_root(path: str, sure: bool) -> None:
    files = {"one/m.py": "A = 1", "two/m.py": "A = 1", path: "from m import A"}
    [answer] = [provided for _, provided in answered_uses(files, path)]

    assert (answer.fine, answer.sure) == (True, sure)


@pytest.mark.parametrize(
    ("files", "text", "expected"),
    [
        ({}, "import json\njson.dumps", "outside"),
        ({}, "import requests\nrequests.get", "outside"),
        ({"other/json.py": ""}, "import json\njson.dumps", "outside"),
        ({"t/json.py": ""}, "import json\njson.dumps", "fails"),
        ({"t/sys.py": ""}, "import sys\nsys.path", "outside"),
        ({"m.py": "A = 1"}, "import m\nm.A", "fine"),
    ],
)
def test_what_comes_from_outside(files: dict[str, str], text: str, expected: str) -> None:
    answer = [
        provided
        for use, provided in answered_uses({**files, "t/use.py": text}, "t/use.py")
        if use.kind == "name"
    ][-1]

    assert ("fails" if answer.fails else "outside" if answer.outside else "fine") == expected
