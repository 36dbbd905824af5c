"""Collisions of names planted on two streams, in many forms; a twin of the second stream collides with nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.demo.repository_builder import Content

STORE = '''"""Things."""

import json
import os

LIMIT = 10


def load(path, strict=False):
    """Read."""
    return json.loads(path)


async def fetch(url):
    return url


def save(path, data):
    return path, data


class Base:
    kind = "base"

    def __init__(self, name):
        self.name = name

    def send(self, text):
        return text

    @classmethod
    def make(cls, name):
        return cls(name)


class Child(Base):
    def more(self):
        return self.send("x")
'''
TREE: dict[str, Content] = {
    "pkg/__init__.py": "from pkg.store import load as load\nfrom .store import *\n",
    "pkg/store.py": STORE,
    "pkg/old/__init__.py": "",
    "pkg/old/text.py": "def clean(text):\n    return text\n",
    "pkg/user.py": "from pkg import store\n\n\ndef user():\n    return store.LIMIT\n",
    "src/lib/__init__.py": "",
    "src/lib/shape.py": "class Shape:\n    def area(self):\n        return 0\n",
    "space/part/piece.py": "PIECE = 1\n",
    "tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n",
    "tests/test_old.py": "def test_old(db):\n    assert db\n",
}


@dataclass(frozen=True)
class Plant:
    """`breaks` and `fits` are the second stream's files: with the collision, and without."""

    code: str
    name: str
    producer: Mapping[str, Content]
    breaks: Mapping[str, Content]
    fits: Mapping[str, Content]
    renames: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"


def store(old: str, new: str) -> dict[str, Content]:
    """The store with one piece of text replaced everywhere."""
    assert old in STORE
    return {"pkg/store.py": STORE.replace(old, new)}


def new(text: str, path: str = "pkg/fresh.py") -> dict[str, Content]:
    """One more file."""
    return {path: text}


def plants() -> Iterator[Plant]:
    """Every one."""
    yield from _modules()
    yield from _names()
    yield from _members()
    yield from _calls()
    yield from _tests()


def _modules() -> Iterator[Plant]:
    forms = {
        "from": ("from pkg.old.text import clean\n", "from pkg.old import *\n"),
        "import": ("import pkg.old.text\n", "import pkg.old\n"),
        "alias": ("import pkg.old.text as t\n", "import pkg.old as t\n"),
        "relative": ("from .old.text import clean\n", "from . import old\n"),
        "from-package": ("from pkg.old import text\n", "import pkg.user\n"),
        "lazy": (
            "def f():\n    from pkg.old.text import clean\n    return clean\n",
            "def f():\n    import pkg\n    return pkg\n",
        ),
        "type-checking": (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.old.text import clean\n",
            "import typing\n",
        ),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant("G210", f"renamed-{name}", {}, new(breaks), new(fits), {"pkg/old/text.py": "pkg/text.py"})
        yield Plant("G210", f"removed-{name}", {"pkg/old/text.py": None}, new(breaks), new(fits))
    src = new("from lib.shape import Shape\n", "tests/test_shape.py")
    yield Plant("G210", "src", {"src/lib/shape.py": None}, src, new("import lib\n", "tests/test_shape.py"))
    piece = new("from space.part.piece import PIECE\n")
    twin_piece: dict[str, Content] = {"space/part/piece.py": None, "space/part/other.py": "A = 1\n"}
    yield Plant("G210", "namespace", twin_piece, piece, new("import space\n"))


def _names() -> Iterator[Plant]:
    renamed = store("load(", "load_config(")
    del_limit = store("LIMIT = 10\n", "")
    forms = {
        "from": ("from pkg.store import load\n", "from pkg.store import save\n"),
        "alias": ("from pkg.store import load as read\n", "from pkg.store import save as read\n"),
        "attribute": ("import pkg.store\npkg.store.load(1)\n", "import pkg.store\npkg.store.save(1, 2)\n"),
        "module-alias": ("import pkg.store as s\ns.load(1)\n", "import pkg.store as s\ns.save(1, 2)\n"),
        "from-module": ("from pkg import store\nx = store.load\n", "from pkg import store\nx = store.save\n"),
        "relative": ("from .store import load\n", "from .store import save\n"),
        "relative-module": (
            "from . import store\nstore.load(1)\n",
            "from . import store\nstore.save(1, 1)\n",
        ),
        "lazy": (
            "def f():\n    from pkg import store\n    store.load(1)\n",
            "def f():\n    from pkg import store\n",
        ),
        "decorator": (
            "from pkg import store\n@store.load\ndef f(): ...\n",
            "from pkg import store\n@store.save\ndef f(): ...\n",
        ),
        "default": (
            "from pkg import store\ndef f(x=store.load): ...\n",
            "from pkg import store\ndef f(x=1): ...\n",
        ),
        "comprehension": (
            "from pkg import store\n[store.load(i) for i in 'a']\n",
            "from pkg import store\n[i for i in 'a']\n",
        ),
        "getattr": (
            "from pkg import store\ngetattr(store, 'load')\n",
            "from pkg import store\ngetattr(store, 'load', None)\n",
        ),
        "string": ("x = '{}'.format(1)\nfrom pkg import store\nf'{store.load(1)}'\n", "x = 'store.load'\n"),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant("G211", f"renamed-{name}", renamed, new(breaks), new(fits))
    yield Plant(
        "G211", "constant", del_limit, new("from pkg.store import LIMIT\n"), new("import pkg.store\n")
    )
    yield Plant("G211", "star", del_limit, new("from pkg import LIMIT\n"), new("from pkg import load\n"))
    unbound = {"pkg/__init__.py": "from .store import save\n"}
    yield Plant(
        "G211", "reexport", unbound, new("from pkg import load\n"), new("from pkg.store import load\n")
    )
    class_ = store("class Child(Base)", "class Kid(Base)")
    yield Plant(
        "G211", "class", class_, new("from pkg.store import Child\n"), new("from pkg.store import Base\n")
    )
    yield Plant(
        "G211",
        "base",
        class_,
        new("from pkg import store\nclass N(store.Child): ...\n"),
        new("from pkg import store\nclass N(store.Base): ...\n"),
    )
    dropped = store("import os\n", "")
    tail = {"pkg/store.py": STORE + "\n\ndef cwd():\n    return os.getcwd()\n"}
    yield Plant(
        "G211", "import", dropped, tail, {"pkg/store.py": STORE + "\n\ndef cwd():\n    return json\n"}
    )
    local = store("LIMIT = 10\n", "LARGEST = 10\n")
    yield Plant(
        "G211",
        "local",
        local,
        {"pkg/store.py": STORE + "\n\ndef most():\n    return LIMIT\n"},
        {"pkg/store.py": STORE + "\n\ndef most():\n    return 1\n"},
    )
    yield Plant(
        "G211",
        "guarded",
        renamed,
        new("try:\n    from pkg.store import load\nexcept ImportError:\n    load = None\n"),
        new("try:\n    from pkg.store import save\nexcept ImportError:\n    save = None\n"),
    )


def _members() -> Iterator[Plant]:
    renamed = store("def send(", "def dispatch(")
    forms = {
        "instance": (
            "from pkg.store import Base\nBase('x').send('a')\n",
            "from pkg.store import Base\nBase('x').make('a')\n",
        ),
        "variable": (
            "from pkg.store import Base\ndef f():\n    b = Base('x')\n    return b.send('a')\n",
            "from pkg.store import Base\ndef f():\n    b = Base('x')\n    return b.name\n",
        ),
        "module-variable": (
            "from pkg.store import Base\nB = Base('x')\ndef f():\n    return B.send('a')\n",
            "from pkg.store import Base\nB = Base('x')\n",
        ),
        "class": (
            "from pkg.store import Base\nx = Base.send\n",
            "from pkg.store import Base\nx = Base.kind\n",
        ),
        "inherited": (
            "from pkg.store import Child\nChild('x').send('a')\n",
            "from pkg.store import Child\nChild('x').more()\n",
        ),
        "self": (
            "from pkg.store import Base\nclass N(Base):\n    def f(self):\n        return self.send('a')\n",
            "from pkg.store import Base\nclass N(Base):\n    def f(self):\n        return self.name\n",
        ),
        "super": (
            "from pkg.store import Base\nclass N(Base):\n    def send(self, t):\n        return super().send(t)\n",
            "from pkg.store import Base\nclass N(Base):\n    def send(self, t):\n        return t\n",
        ),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant("G211", f"method-{name}", renamed, new(breaks), new(fits))
    attribute = store("self.name = name", "self.label = name")
    yield Plant(
        "G211",
        "attribute",
        attribute,
        new("from pkg.store import Base\nBase('x').name\n"),
        new("from pkg.store import Base\nBase('x').kind\n"),
    )


def _calls() -> Iterator[Plant]:
    start = "from pkg.store import load, save, fetch, Base, Child\n"
    more = store("def save(path, data)", "def save(path, data, mode)")
    forms = {
        "required": (more, "save(1, 2)\n", "save(*a)\n"),
        "required-keyword": (
            store("def save(path, data)", "def save(path, data, *, mode)"),
            "save(1, 2)\n",
            "save(1, 2, mode=3)\n",
        ),
        "removed": (store("path, strict=False", "path"), "load(1, strict=True)\n", "load(1)\n"),
        "removed-positional": (store("path, strict=False", "path"), "load(1, True)\n", "load(1)\n"),
        "renamed": (store("strict=False", "exact=False"), "load(1, strict=True)\n", "load(1, True)\n"),
        "keyword-only": (
            store("path, strict=False", "path, *, strict=False"),
            "load(1, True)\n",
            "load(1, strict=True)\n",
        ),
        "positional-only": (
            store("path, strict=False", "path, /, strict=False"),
            "load(path=1)\n",
            "load(1, strict=1)\n",
        ),
        "constructor": (store("(self, name)", "(self, name, size)"), "Base('x')\n", "Base(*a)\n"),
        "inherited-constructor": (
            store("(self, name)", "(self, name, size)"),
            "Child('x')\n",
            "Child(**a)\n",
        ),
        "method": (
            store("send(self, text)", "send(self, text, to)").copy(),
            "Base('x').send(1)\n",
            "Base('x').make(1)\n",
        ),
        "classmethod": (store("make(cls, name)", "make(cls, name, size)"), "Base.make(1)\n", "Base.make\n"),
        "asynchronous": (store("def load(", "async def load("), "for x in load(1): ...\n", "x = load(1)\n"),
        "never-awaited": (store("def save(", "async def save("), "save(1, 2)\n", "return_ = save(1, 2)\n"),
    }
    for name, (producer, breaks, fits) in forms.items():
        yield Plant("G212", name, producer, new(f"{start}a = []\n{breaks}"), new(f"{start}a = []\n{fits}"))


def _tests() -> Iterator[Plant]:
    removed: dict[str, Content] = {
        "tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef database():\n    return 1\n"
    }
    forms = {
        "parameter": ("def test_new(db):\n    assert db\n", "def test_new(tmp_path):\n    assert tmp_path\n"),
        "class": (
            "class TestNew:\n    def test_new(self, db):\n        assert db\n",
            "class TestNew:\n    def test_new(self):\n        ...\n",
        ),
        "usefixtures": (
            "import pytest\n\n\n@pytest.mark.usefixtures('db')\ndef test_new(): ...\n",
            "def test_new(): ...\n",
        ),
        "fixture": (
            "import pytest\n\n\n@pytest.fixture\ndef more(db): ...\n",
            "import pytest\n\n\n@pytest.fixture\ndef more(): ...\n",
        ),
        "own": (
            "import pytest\n\n\n@pytest.fixture\ndef other(db): ...\n",
            "import pytest\n\n\n@pytest.fixture\ndef db(): ...\n\n\ndef test_x(db): ...\n",
        ),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant(
            "G211",
            f"fixture-{name}",
            removed,
            new(breaks, "tests/test_new.py"),
            new(fits, "tests/test_new.py"),
        )
    patch = "from unittest import mock\n\n\n{}\n"
    strings = {
        "decorator": (
            '@mock.patch("pkg.store.load")\ndef test_x(m): ...',
            '@mock.patch("pkg.store.save")\ndef test_x(m): ...',
        ),
        "with": (
            'def test_x():\n    with mock.patch("pkg.store.load"): ...',
            'def test_x():\n    with mock.patch("pkg.store.save"): ...',
        ),
        "monkeypatch": (
            'def test_x(monkeypatch):\n    monkeypatch.setattr("pkg.store.load", 1)',
            'def test_x(monkeypatch):\n    monkeypatch.setattr("pkg.store.save", 1)',
        ),
        "object": (
            'from pkg import store\n\n\ndef test_x():\n    mock.patch.object(store, "load")',
            'from pkg import store\n\n\ndef test_x():\n    mock.patch.object(store, "save")',
        ),
    }
    for name, (breaks, fits) in strings.items():
        yield Plant(
            "G211",
            f"patch-{name}",
            store("load(", "load_config("),
            new(patch.format(breaks), "tests/test_new.py"),
            new(patch.format(fits), "tests/test_new.py"),
        )


TWICE = {
    "function": ("def f():\n    return {}\n", "def g():\n    return {}\n"),
    "test": ("def test_f():\n    assert {}\n", "def test_g():\n    assert {}\n"),
    "test-given": ("@given(x)\ndef test_f():\n    assert {}\n", "@given(x)\ndef test_g():\n    assert {}\n"),
    "class": ("class F:\n    x = {}\n", "class G:\n    x = {}\n"),
    "fixture": ("@pytest.fixture\ndef f():\n    return {}\n", "@pytest.fixture\ndef g():\n    return {}\n"),
}
"""What one silently wins: by two streams, and by its twin."""
WARNED = {
    "route": ("@app.route('/')\ndef f():\n    return {}\n", "@app.route('/')\ndef g():\n    return {}\n"),
    "step": ("@given('a user')\ndef f():\n    return {}\n", "@when('a user')\ndef _():\n    return {}\n"),
    "alike": ("def f():\n    return 1\n", "def g():\n    return 1\n"),
    "alike-class": ("class F:\n    def f(self):\n        return 1\n", "class G:\n    x = 1\n"),
    "constant": ("SIZE = {}\n", "WIDTH = {}\n"),
}
"""What may do no harm."""
MAY_STAND = {
    "conditional": "if {}:\n    def f(): ...\n",
    "type-checking": "if TYPE_CHECKING:\n    def f(x): return {}\n",
    "platform": "if sys.platform == '{}':\n    def f(): ...\nelse:\n    def f(x): ...\n",
    "fallback": "try:\n    from a{} import f\nexcept ImportError:\n    def f(): ...\n",
    "loop": "for x in y{}:\n    def f(): ...\n",
    "overload": "@overload\ndef f(x): return {}\n",
    "typing-overload": "@typing.overload\ndef f(x): return {}\n",
    "register": "@g.register\ndef f(x): return {}\n",
    "register-type": "@g.register(int)\ndef f(x): return {}\n",
    "step": "@given('{}')\ndef _(): ...\n",
    "variable": "x = {}\n",
    "same-constant": "SIZE = 1\n",
    "exports": "__all__ = ['f']\n",
}
"""What two streams may both write in one file."""


def twice() -> Iterator[Plant]:
    """Two streams that define one name in one file, in different places."""
    for name, (piece, twin_piece) in {**TWICE, **WARNED}.items():
        path = "tests/test_old.py" if name.startswith("test") else "pkg/user.py"
        yield Plant("G213", name, *_both(path, piece, piece), _both(path, piece, twin_piece)[1])
    for name, piece in MAY_STAND.items():
        yield Plant("", name, *_both("pkg/user.py", piece, piece), {})


def inside(head: str, before: str, after: str) -> tuple[dict[str, Content], dict[str, Content], str]:
    """A block of six lines to which two streams add: (the first's file, the second's, the text before)."""
    lines = [f"    {line}" for line in ("A = 10", "B = 20", "C = 30", "D = 40", "E = 50", "F = 60")]
    text = "\n".join((head, *lines, ""))
    first = text.replace(lines[0], f"    {before}\n{lines[0]}")
    return {"pkg/block.py": first}, {"pkg/block.py": f"{text}    {after}\n"}, text


def _both(path: str, piece: str, twin_piece: str) -> tuple[dict[str, Content], dict[str, Content]]:
    text = TREE[path]
    return {path: _around(text, piece.format(1), "")}, {path: _around(text, "", twin_piece.format(2))}


def _around(text: Content, before: str, after: str) -> str:
    assert isinstance(text, str)
    return (f"{before}\n" if before else "") + text + (f"\n{after}" if after else "")
