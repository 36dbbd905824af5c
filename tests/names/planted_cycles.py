"""Import cycles planted on two streams, each with a twin of the second stream that closes none that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planted import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.demo.repository_builder import Content

A = '"""A."""\n\nimport json\n\n\ndef one():\n    return json\n\n\nclass One:\n    pass\n'
B = '"""B."""\n\nimport json\n\n\ndef two():\n    return json\n\n\nclass Two:\n    pass\n'
TREE: dict[str, Content] = {
    "app/__init__.py": "",
    "app/a.py": A,
    "app/b.py": B,
    "app/mid.py": "from app.b import Two\n\n\nclass Mid(Two):\n    pass\n",
    "app/late.py": "def late():\n    from app.b import Two\n    return Two\n",
    "app/pack/__init__.py": "from app.pack.inner import Inner\n",
    "app/pack/inner.py": "class Inner:\n    pass\n",
    "app/bare/deep.py": "class Deep:\n    pass\n",
    "tool/__init__.py": "from tool.main import Main\n",
    "tool/main.py": "class Main:\n    pass\n",
    "tool/bare/part.py": "class Part:\n    pass\n",
    "src/lib/__init__.py": "",
    "src/lib/c.py": "class C:\n    pass\n",
    "src/lib/d.py": "class D:\n    pass\n",
}


def a(line: str, tail: str = "") -> dict[str, Content]:
    """The first module with an import, and more at its end."""
    return {"app/a.py": A.replace("import json\n", f"import json\n{line}\n") + tail}


def b(line: str, tail: str = "") -> dict[str, Content]:
    """The second module with an import, and more at its end."""
    return {"app/b.py": B.replace("import json\n", f"import json\n{line}\n") + tail}


FROM_B = a("from app.b import two")


def certain() -> Iterator[Plant]:
    """Those that fail whichever module comes first."""
    lazy = b("", "\n\ndef later():\n    from app.a import one\n    return one\n")
    typed = b("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.a import One")
    forms: dict[str, tuple[dict[str, Content], dict[str, Content], dict[str, Content]]] = {
        "from": (FROM_B, b("from app.a import one"), lazy),
        "typed": (FROM_B, b("from app.a import One"), typed),
        "relative": (FROM_B, b("from .a import one"), b("", "\n\ndef f():\n    from . import a\n    return a\n")),
        "relative-both": (
            a("from .b import two"),
            b("from .a import one"),
            b("", "\n\nif json is None:\n    from .a import one\n"),
        ),
        "alias": (
            FROM_B,
            b("from app.a import one as uno"),
            b("", "\n\nclass T:\n    def f(self):\n        import app.a as uno\n"),
        ),
        "class": (
            FROM_B,
            b("from app.a import One", "\n\nclass Child(One):\n    pass\n"),
            b("", "\n\nclass Child:\n    def make(self):\n        from app.a import One\n        return One\n"),
        ),
        "through": (a("from app.mid import Mid"), b("from app.a import One"), b("from app.late import late")),
        "through-alone": (
            a("from app.mid import Mid"),
            b("from app.a import One"),
            {"app/late.py": "from app.a import One\n"},
        ),
        "package": (
            {"app/pack/inner.py": "from app.b import Two\n\n\nclass Inner(Two):\n    pass\n"},
            b("from app.pack import Inner"),
            b("", "\n\ndef f():\n    from app.pack import Inner\n    return Inner\n"),
        ),
        "package-path": (
            {"app/pack/inner.py": "from app.b import Two\n\n\nclass Inner(Two):\n    pass\n"},
            b("from app.pack.inner import Inner"),
            b("from app.a import One"),
        ),
        "bare-folder": (
            {"app/bare/deep.py": "from app.b import Two\n\n\nclass Deep(Two):\n    pass\n"},
            b("from app.bare.deep import Deep"),
            b("", "\n\ndef later():\n    from app.bare.deep import Deep\n    return Deep\n"),
        ),
        "source-root": (
            {"src/lib/c.py": "from lib.d import D\n\n\nclass C:\n    pass\n"},
            {"src/lib/d.py": "from lib.c import C\n\n\nclass D:\n    pass\n"},
            {"src/lib/d.py": "class D:\n    def c(self):\n        from lib.c import C\n\n        return C\n"},
        ),
        "try": (
            FROM_B,
            b("from app.a import one"),
            b("try:\n    from app.a import one\nexcept ImportError:\n    one = None"),
        ),
        "condition": (
            FROM_B,
            b("from app.a import one"),
            b("import os\nif os.environ.get('X'):\n    from app.a import one"),
        ),
    }  # fmt: skip
    for name, plant in forms.items():
        yield Plant("G214", name, *plant)


def first() -> Iterator[Plant]:
    """Those that fail when one of the modules comes first, and load when another does."""
    whole = a("import app.b", "\n\ndef use():\n    return app.b.two()\n")
    forms: dict[str, tuple[dict[str, Content], dict[str, Content], dict[str, Content]]] = {
        "one-way": (whole, b("from app.a import One"), b("import app.a")),
        "base": (
            whole,
            b("import app.a", "\n\nclass Child(app.a.One):\n    pass\n"),
            b("import app.a", "\n\ndef later():\n    return app.a.One()\n"),
        ),
        "module-alias": (
            whole,
            b("import app.a as first", "\n\nclass Child(first.One):\n    pass\n"),
            b("import app.a as first", "\n\nx = lambda: first.One\n"),
        ),
        "from-package": (
            whole,
            b("from app import a", "\n\nclass Child(a.One):\n    pass\n"),
            b("from app import a", "\n\nclass Child:\n    def f(self):\n        return a.One\n"),
        ),
        "decorator": (
            whole,
            b("from app import a", "\n\n@a.one\ndef made():\n    pass\n"),
            b("from app import a", "\n\ndef made():\n    @a.one\n    def inner(): ...\n"),
        ),
        "default": (
            whole,
            b("from app import a", "\n\ndef made(x=a.One):\n    pass\n"),
            b("from app import a", "\n\ndef made(x=None):\n    return x or a.One\n"),
        ),
        "statement": (
            whole,
            b("from app import a", "\n\nVALUE = a.one()\n"),
            b("from app import a", "\n\nVALUE = [a.one for _ in ()]\n"),
        ),
        "class-body": (
            whole,
            b("from app import a", "\n\nclass Made:\n    of = a.One\n"),
            b("from app import a", "\n\nclass Made:\n    a = None\n    of: 'a.One'\n"),
        ),
        "loop": (
            whole,
            b("from app import a", "\n\nfor x in a.one():\n    pass\n"),
            b("from app import a", "\n\nfor x in ():\n    a.one()\n"),
        ),
        "bound-before": (
            a("", "\n\nfrom app.b import two\n"),
            b("from app.a import One", "\n\nclass Child(One):\n    pass\n"),
            b("", "\n\nfrom app.a import One\n"),
        ),
    }  # fmt: skip
    for name, plant in forms.items():
        yield Plant("G214", name, *plant)


def quiet() -> Iterator[Plant]:
    """Cycles that load, whichever way anybody can come to them, or of which nobody can tell."""
    part: dict[str, Content] = {
        "tool/bare/part.py": "from tool import main\n\n\nclass Part:\n    main = main\n"
    }
    forms: dict[str, tuple[dict[str, Content], dict[str, Content]]] = {
        "modules": (a("import app.b"), b("import app.a")),
        "from-package": (a("from app import b"), b("from app import a")),
        # The package itself loads `tool.main` before anybody can come to `tool.bare.part` first.
        "package-first": (
            part,
            {"tool/main.py": "from tool.bare.part import Part\n\n\nclass Main(Part):\n    pass\n"},
        ),
        "last": (a("", "\n\nimport app.b\n"), b("", "\n\nimport app.a\n")),
        "star": (a("from app.b import *"), b("from app.a import *")),
        "guarded": (FROM_B, b("try:\n    from app.a import one\nexcept ImportError:\n    one = None")),
        "made-elsewhere": (
            {"app/pack/__init__.py": "from . import _version\nfrom app.b import two\n"},
            b("from app.pack import _version"),
        ),
        "through-getattr": (
            {"app/a.py": "def __getattr__(name):\n    return name\n\n\nimport app.b\n\none = 1\n"},
            b("from app.a import one"),
        ),
        "tests": (FROM_B, {"tests/test_b.py": "from app.a import one\n"}),
    }
    for name, (ours, theirs) in forms.items():
        yield Plant("G214", name, ours, theirs, {})
