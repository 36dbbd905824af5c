"""More collisions planted in Python: shadowed modules, results, strings, roots, made constructors, last members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planted import STORE, TREE, Plant, new, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.demo.repository_builder import Content

FIELD_CLASSES = """from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Optional

import attr
import attrs
from pydantic import BaseModel


class Color(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Plain:
    a: int


@dataclass
class Sub(Plain):
    b: int


@attrs.define
class Defined:
    a: int


@attr.s
class Old:
    a = attr.ib()


@attr.s(auto_attribs=True)
class Auto:
    _a: int


class Row(NamedTuple):
    a: int


class Model(BaseModel):
    a: int


class Bigger(Model):
    b: Optional[int]
"""
RESULTS = """from contextlib import asynccontextmanager, contextmanager


async def fetch():
    return {}


def rows():
    yield 1


def names():
    return [1]


@contextmanager
def opened():
    yield 1


def plain():
    return {}
"""
SHOP: dict[str, Content] = {
    "shop/__init__.py": "",
    "shop/models.py": "class Order:\n    pass\n\n\nclass Item:\n    pass\n",
    "shop/urls.py": "urlpatterns = []\n",
    "shop/tasks.py": "def add():\n    return 1\n\n\ndef sub():\n    return 2\n",
    "shop/apps.py": "class ShopConfig:\n    pass\n\n\nclass Other:\n    pass\n",
}
PYTHON_TREE: dict[str, Content] = {
    **TREE,
    **SHOP,
    "pkg/made.py": FIELD_CLASSES,
    "pkg/results.py": RESULTS,
    "pkg/__init__.py": "from pkg.store import load as load\nfrom .store import *\n__version__ = '1'\n",
    "pkg/flat.py": "def one():\n    return 1\n\n\ndef two():\n    return 2\n",
    "pkg/deep/__init__.py": "from .inner import one as one\n\n\ndef two():\n    return 2\n",
    "pkg/deep/inner.py": "def one():\n    return 1\n",
    "pkg/stars/__init__.py": "from .middle import *\n",
    "pkg/stars/middle.py": "from .inner import *\nfrom . import inner\n__all__ = []\n__all__ += ['one', 'two']\n",
    "pkg/stars/inner.py": "__all__ = ['one', 'two']\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n",
    "backend/ns/part/core.py": "CORE = 1\nMORE = 2\n",
    "pyproject.toml": "[project]\nname = 'x'\n\n[tool.pytest.ini_options]\npythonpath = ['backend']\n",
    "pkg/hub.py": "class Hub:\n    def reindex_all(self, path):\n        return path\n\n    def close_all(self):\n"
    "        return 1\n\n\ndef use(hub):\n    return hub.close_all()\n",
}


def python_plants() -> Iterator[Plant]:
    """Every one; of PYTHON_TREE."""
    yield from _shadows()
    yield from _results()
    yield from _strings()
    yield from _manifests()
    yield from _roots()
    yield from _constructors()
    yield from _exports()
    yield from _starred()
    yield from _last()


def _edited(path: str, old: str, new_: str) -> dict[str, Content]:
    text = PYTHON_TREE[path]
    assert isinstance(text, str)
    assert old in text, old
    return {path: text.replace(old, new_)}


def _shadows() -> Iterator[Plant]:
    package: dict[str, Content] = {"pkg/flat/__init__.py": "def two():\n    return 2\n"}
    forms = {
        "from": ("from pkg.flat import one\n", "from pkg.flat import two\n"),
        "member": ("import pkg.flat\npkg.flat.one()\n", "import pkg.flat\npkg.flat.two()\n"),
        "relative": ("from .flat import one\n", "from .flat import two\n"),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant("G210", f"package-beside-{name}", package, new(breaks), new(fits))
        turned: dict[str, Content] = {"pkg/flat.py": None, **package}
        yield Plant("G211", f"package-instead-{name}", turned, new(breaks), new(fits))
    module: dict[str, Content] = {
        "pkg/deep/__init__.py": None,
        "pkg/deep/inner.py": None,
        "pkg/deep.py": "def two():\n    return 2\n",
    }
    yield Plant(
        "G211", "module-instead", module, new("from pkg.deep import one\n"), new("from pkg.deep import two\n")
    )
    inner = new("from pkg.deep.inner import one\n")
    yield Plant("G210", "module-instead-inner", module, inner, new("import pkg.deep\n"))
    for name in ("json", "requests"):
        shadow: dict[str, Content] = {f"tool/{name}.py": "def mine():\n    return 1\n"}
        uses = {
            "from": (f"from {name} import dumps\n", f"from {name} import mine\n"),
            "member": (f"import {name}\n{name}.dumps(1)\n", f"import {name}\n{name}.mine()\n"),
        }
        for form, (breaks, fits) in uses.items():
            plant = Plant(
                "G210", f"outside-{name}-{form}", shadow, new(breaks, "tool/run.py"), new(fits, "tool/run.py")
            )
            yield plant


def _results() -> Iterator[Plant]:
    start = "from pkg.results import fetch, rows, names, opened, plain\n"
    sync = _edited("pkg/results.py", "async def fetch", "def fetch")
    doubtful = _edited(
        "pkg/results.py", "async def fetch():\n    return {}", "def fetch():\n    return made()"
    )
    manager = _edited("pkg/results.py", "@contextmanager\ndef opened", "def opened")
    async_only = _edited(
        "pkg/results.py", "@contextmanager\ndef opened():", "@asynccontextmanager\nasync def opened():"
    )
    asynchronous = _edited("pkg/results.py", "def plain", "async def plain")
    forms = {
        "awaited": (sync, "async def f():\n    await fetch()\n", "async def f():\n    fetch()\n"),
        "awaited-doubt": (doubtful, "async def f():\n    await fetch()\n", "async def f():\n    fetch()\n"),
        "generator": (
            _edited("pkg/results.py", "    yield 1\n\n\ndef names", "    print(1)\n\n\ndef names"),
            "for x in rows(): ...\n",
            "x = rows()\n",
        ),
        "asynchronous-generator": (
            _edited("pkg/results.py", "def rows", "async def rows"),
            "[x for x in rows()]\n",
            "x = rows()\n",
        ),
        "list": (
            _edited("pkg/results.py", "return [1]", "print([1])"),
            "for x in names(): ...\n",
            "names()\n",
        ),
        "manager": (manager, "with opened(): ...\n", "opened()\n"),
        "asynchronous-manager": (async_only, "with opened(): ...\n", "x = opened()\n"),
        "coroutine-member": (asynchronous, "plain().keys()\n", "x = plain()\n"),
        "coroutine-item": (asynchronous, "plain()['x']\n", "x = plain()\n"),
    }
    for name, (producer, breaks, fits) in forms.items():
        yield Plant("G212", f"result-{name}", producer, new(start + breaks), new(start + fits))


def _strings() -> Iterator[Plant]:
    tasks = _edited("shop/tasks.py", "def add", "def plus")
    models = _edited("shop/models.py", "class Order", "class Purchase")
    apps = _edited("shop/apps.py", "ShopConfig", "StoreConfig")
    urls: Mapping[str, Content] = {"shop/urls.py": None}
    forms: dict[str, tuple[Mapping[str, Content], str, str, str]] = {
        "import-module": (
            urls,
            "import importlib\nimportlib.import_module({})\n",
            "shop.urls",
            "shop.models",
        ),
        "dunder-import": (urls, "__import__({})\n", "shop.urls", "shop.models"),
        "import-string": (tasks, "import_string({})\n", "shop.tasks.add", "shop.tasks.sub"),
        "include": (urls, "urlpatterns = [path('', include({}))]\n", "shop.urls", "shop.models"),
        "urlconf": (urls, "ROOT_URLCONF = {}\n", "shop.urls", "shop.models"),
        "installed": (apps, "INSTALLED_APPS = ['x', {}]\n", "shop.apps.ShopConfig", "shop.apps.Other"),
        "installed-more": (apps, "INSTALLED_APPS += [{}]\n", "shop.apps.ShopConfig", "shop.apps.Other"),
        "middleware": (apps, "MIDDLEWARE = BASE + [{}]\n", "shop.apps.ShopConfig", "shop.apps.Other"),
        "backend": (apps, "EMAIL_BACKEND = {}\n", "shop.apps.ShopConfig", "shop.apps.Other"),
        "logging": (apps, "LOGGING = {{'h': {{'class': {}}}}}\n", "shop.apps.ShopConfig", "shop.apps.Other"),
        "beat": (
            tasks,
            "app.conf.beat_schedule = {{'x': {{'task': {}}}}}\n",
            "shop.tasks.add",
            "shop.tasks.sub",
        ),
        "send-task": (tasks, "app.send_task({})\n", "shop.tasks.add", "shop.tasks.sub"),
        "celery-include": (urls, "app = Celery('x', include=[{}])\n", "shop.urls", "shop.tasks"),
        "plugins": (urls, "pytest_plugins = [{}]\n", "shop.urls", "shop.tasks"),
        "foreign-key": (models, "x = models.ForeignKey({})\n", "shop.Order", "shop.Item"),
        "many-to-many": (models, "x = models.ManyToManyField(to={})\n", "shop.Order", "shop.Item"),
        "get-model": (models, "apps.get_model({})\n", "shop.Order", "shop.Item"),
        "user-model": (models, "AUTH_USER_MODEL = {}\n", "shop.Order", "shop.Item"),
        "patch-multiple": (tasks, "mock.patch.multiple({}, add=1)\n", "shop.tasks", "shop.models"),
        "mocker": (tasks, "mocker.patch({})\n", "shop.tasks.add", "shop.tasks.sub"),
        "delattr": (tasks, "monkeypatch.delattr({})\n", "shop.tasks.add", "shop.tasks.sub"),
        "setup": (
            tasks,
            "setup(entry_points={{'console_scripts': [{}]}})\n",
            "x=shop.tasks:add",
            "x=shop.tasks:sub",
        ),
        "server": (tasks, "uvicorn.run({})\n", "shop.tasks:add", "shop.tasks:sub"),
    }
    for name, (producer, text, breaks, fits) in forms.items():
        caller = new(text.format(repr(breaks)), "site_/conf.py")
        yield Plant("G211" if producer is not urls else "G210", f"string-{name}", producer, caller, new(
            text.format(repr(fits)), "site_/conf.py"
        ))  # fmt: skip
    removal = {"tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef database():\n    return 1\n"}
    fixtures = {
        "value": ("def test_x(request):\n    request.getfixturevalue('db')\n", "def test_x(request): ...\n"),
        "indirect": (
            "import pytest\n\n\n@pytest.mark.parametrize('db', [1], indirect=True)\ndef test_x(db): ...\n",
            "import pytest\n\n\n@pytest.mark.parametrize('db', [1])\ndef test_x(db): ...\n",
        ),
    }
    for name, (breaks, fits) in fixtures.items():
        path = "tests/test_new.py"
        yield Plant("G211", f"fixture-{name}", removal, new(breaks, path), new(fits, path))


def _manifests() -> Iterator[Plant]:
    removal = _edited("shop/tasks.py", "def add", "def plus")
    forms = {
        "scripts": ("pkg2/pyproject.toml", "[project.scripts]\nx = 'shop.tasks:{}'\n"),
        "entry-points": ("pkg2/pyproject.toml", "[project.entry-points.x]\nx = 'shop.tasks:{}'\n"),
        "poetry": ("pkg2/pyproject.toml", "[tool.poetry.scripts]\nx = 'shop.tasks:{}'\n"),
        "poetry-reference": (
            "pkg2/pyproject.toml",
            "[tool.poetry.scripts]\nx = {{reference = 'shop.tasks:{}', type = 'console'}}\n",
        ),
        "attr": ("pkg2/pyproject.toml", "[tool.setuptools.dynamic]\nversion = {{attr = 'shop.tasks.{}'}}\n"),
        "cfg": ("pkg2/setup.cfg", "[options.entry_points]\nconsole_scripts =\n    x = shop.tasks:{}\n"),
        "cfg-attr": ("pkg2/setup.cfg", "[metadata]\nversion = attr: shop.tasks.{}\n"),
    }
    for name, (path, text) in forms.items():
        yield Plant(
            "G211", f"manifest-{name}", removal, new(text.format("add"), path), new(text.format("sub"), path)
        )


def _roots() -> Iterator[Plant]:
    removal = _edited("backend/ns/part/core.py", "CORE = 1\n", "")
    path = "checks/test_it.py"
    uses = new("from ns.part.core import CORE\n", path), new("from ns.part.core import MORE\n", path)
    yield Plant("G211", "declared-root", removal, *uses)


def _constructors() -> Iterator[Plant]:
    start = "from pkg.made import Auto, Bigger, Color, Defined, Model, Old, Plain, Row, Sub\n"
    more = {
        "dataclass": ("class Plain:\n", "Plain(1)", "Plain(*x)"),
        "dataclass-base": ("class Plain:\n", "Sub(1, 2)", "Sub(**x)"),
        "attrs": ("class Defined:\n", "Defined(1)", "Defined(*x)"),
        "attr-auto": ("auto_attribs=True)\nclass Auto:\n", "Auto(a=1)", "Auto(**x)"),
        "named-tuple": ("NamedTuple):\n", "Row(1)", "Row(*x)"),
        "pydantic": ("BaseModel):\n", "Model(a=1)", "Model(**x)"),
        "pydantic-base": ("BaseModel):\n", "Bigger(a=1)", "Bigger(**x)"),
    }
    forms = {name: (old, f"{old}    c: int\n", *uses) for name, (old, *uses) in more.items()} | {
        "attr-s": ("    a = attr.ib()\n", "    a = attr.ib()\n    c = attr.ib()\n", "Old(1)", "Old(*x)"),
        "dataclass-keyword": ("    b: int\n", "    e: int\n", "Sub(1, b=2)", "Sub(1, 2)"),
    }
    for name, (old, changed, breaks, fits) in forms.items():
        uses = new(f"{start}x = ()\n{breaks}\n"), new(f"{start}x = ()\n{fits}\n")
        yield Plant("G212", f"made-{name}", _edited("pkg/made.py", old, changed), *uses)
    partial = store("path, strict=False", "path")
    begin = "from functools import partial\nfrom pkg.store import load\n"
    uses = new(f"{begin}partial(load, strict=True)\n"), new(f"{begin}partial(load)\n")
    yield Plant("G212", "partial", partial, *uses)
    red = _edited("pkg/made.py", "    RED = 1\n", "")
    yield Plant("G211", "enum-member", red, new(f"{start}Color.RED\n"), new(f"{start}Color.BLUE.name\n"))


def _exports() -> Iterator[Plant]:
    removal = store("LIMIT = 10\n", "")
    tail = {"pkg/store.py": f"{STORE}\n\n__all__ = ['LIMIT', 'save']\n"}
    yield Plant("G211", "listed", removal, tail, {"pkg/store.py": f"{STORE}\n\n__all__ = ['save']\n"})
    unbound = _edited("pkg/deep/__init__.py", "from .inner import one as one\n", "from . import inner\n")
    inside = {
        "pkg/deep/__init__.py": "from .inner import one as one\n\n\ndef two():\n    return 2\n\n\n__all__ = [{}]\n"
    }
    yield Plant(
        "G211",
        "listed-import",
        unbound,
        {path: text.format("'one'") for path, text in inside.items()},
        {path: text.format("'two', 'inner'") for path, text in inside.items()},
    )
    deleted = {"pkg/store.py": f"{STORE}\n\ndel LIMIT\n"}
    yield Plant(
        "G211", "deleted", deleted, new("from pkg.store import LIMIT\n"), new("from pkg.store import save\n")
    )


def _starred() -> Iterator[Plant]:
    """Names of a module that lists what stars take of it, two stars further on; and stars that are dropped."""
    dropped = {"pkg/__init__.py": "from pkg.store import load as load\n__version__ = '1'\n"}
    for name, breaks, fits in (
        ("from", "from pkg import save\n", "from pkg import load\n"),
        ("attribute", "import pkg\n\npkg.save(1, 2)\n", "import pkg\n\npkg.load(1)\n"),
    ):
        yield Plant("G211", f"star-dropped-{name}", dropped, new(breaks), new(fits))
    redirected = {"pkg/stars/__init__.py": "from .inner import two\n"}
    uses = new("from pkg.stars import one\n"), new("from pkg.stars import two\n")
    yield Plant("G211", "star-redirected", redirected, *uses)
    inner = PYTHON_TREE["pkg/stars/inner.py"]
    assert isinstance(inner, str)
    removal = inner.replace("def one():\n    return 1\n\n\n", "")
    forms = {
        "gone": removal.replace("'one', ", ""),
        "unlisted": inner.replace("'one', ", ""),
        "renamed": inner.replace("def one", "def first").replace("'one'", "'first'"),
    }
    uses = new("from pkg.stars import one\n"), new("from pkg.stars import two\n")
    for name, text in forms.items():
        yield Plant("G211", f"starred-{name}", {"pkg/stars/inner.py": text}, *uses)
    member = new("import pkg.stars\npkg.stars.one()\n"), new("from pkg.stars.inner import two\n")
    yield Plant("G211", "starred-member", {"pkg/stars/inner.py": forms["gone"]}, *member)


def _last() -> Iterator[Plant]:
    removal = _edited("pkg/hub.py", "reindex_all", "rebuild_all")
    changed = _edited("pkg/hub.py", "reindex_all(self, path)", "reindex_all(self, path, mode)")
    forms = {
        "parameter": ("def f(hub):\n    hub.reindex_all(1)\n", "def f(hub):\n    hub.close_all()\n"),
        "deep": ("def f(x):\n    x().hub.reindex_all(1)\n", "def f(x):\n    x().hub.rebuild_all_now(1)\n"),
        "item": ("def f(x):\n    x[0].reindex_all(1)\n", "def f(x):\n    x[0].close_all()\n"),
    }
    for name, (breaks, fits) in forms.items():
        yield Plant("G211", f"last-{name}", removal, new(breaks), new(fits))
    uses = new("def f(hub):\n    hub.reindex_all(1)\n"), new("def f(hub):\n    hub.reindex_all(*x)\n")
    yield Plant("G212", "last-signature", changed, *uses)
