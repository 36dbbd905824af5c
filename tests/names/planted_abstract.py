"""Planted classes that lack what their bases begin to ask of them, each with a twin that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planted import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.demo.repository_builder import Content

BASE = """import abc
from abc import ABC, ABCMeta, abstractmethod
from typing import Protocol


class Store(ABC):
    @abstractmethod
    def load(self, key): ...

    def save(self, key, value, *, force=False):
        return key

    def drop(self, key):
        return key

    @classmethod
    def open(cls, path):
        return cls()

    async def fetch(self, key):
        return key


class Cached(Store):
    def load(self, key):
        return key

    def size(self):
        return 0


class Sized(metaclass=abc.ABCMeta):
    pass


class Closable(Protocol):
    def close(self): ...


class Plain:
    def run(self): ...


class Mixed:
    def size(self):
        return 1
"""
SHAPES = """export abstract class Shape<T> {
  abstract area(): number;

  name = "shape";

  scale(by: T): void {}
}

export abstract class Flat extends Shape<number> {
  area() {
    return 0;
  }
}

export interface Reader {
  read(): string;
  close?(): void;
}

export interface Loader extends Reader {
  load: () => void;
}
"""
TREE: dict[str, Content] = {
    "pkg/__init__.py": "from pkg.base import Store as Storage\n",
    "pkg/base.py": BASE,
    "pkg/use.py": "from pkg import base\n",
    "tsconfig.json": "{}\n",
    "src/shapes.ts": SHAPES,
    "src/index.ts": 'export * from "./shapes";\n',
}
IMPORTED = "from pkg.base import Cached, Closable, Mixed, Plain, Sized, Store\n\n\n"
FROM = 'import { Flat, Loader, Reader, Shape } from "./index";\n\n'


def base(*changes: tuple[str, str], path: str = "pkg/base.py") -> dict[str, Content]:
    """The bases with pieces replaced."""
    text = TREE[path]
    assert isinstance(text, str)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {path: text}


def after(head: str, member: str) -> dict[str, Content]:
    """The bases with a member at the start of a class."""
    return base((f"{head}\n", f"{head}\n{member}\n"))


def python(text: str, path: str = "pkg/fresh.py") -> dict[str, Content]:
    """A new file with classes."""
    return {path: IMPORTED + text}


def script(text: str, path: str = "src/fresh.ts") -> dict[str, Content]:
    """The same in TypeScript."""
    return {path: FROM + text}


ABSTRACT = "    @abstractmethod\n    def extra(self): ...\n"
LOAD = "    def load(self, key):\n        return 1\n"
EXTRA = "    def extra(self):\n        return 1\n"
NEW = after("class Store(ABC):", ABSTRACT)


def abstract_plants() -> Iterator[Plant]:
    """Errors, in Python and TypeScript."""
    yield from _python()
    yield from _script()


def _plant(
    name: str, producer: Mapping[str, Content], breaks: Mapping[str, Content], fits: Mapping[str, Content]
) -> Plant:
    return Plant("G215", name, dict(producer), dict(breaks), dict(fits))


def _python() -> Iterator[Plant]:
    fresh = f"class Files(Store):\n{LOAD}"
    yield _plant("abstract", NEW, python(fresh), python(fresh + EXTRA))
    grand = "class Files(Cached):\n    pass\n"
    yield _plant("grandparent", NEW, python(grand), python(f"class Files(Cached):\n{EXTRA}"))
    alias = f"from pkg import Storage\n\n\nclass Files(Storage):\n{LOAD}"
    yield _plant("re-exported", NEW, {"pkg/f.py": alias}, {"pkg/f.py": alias + EXTRA})
    whole = f"from pkg import base\n\n\nclass Files(base.Store):\n{LOAD}"
    yield _plant("of-module", NEW, {"pkg/f.py": whole}, {"pkg/f.py": whole + "    extra = None\n"})
    prop = "    @property\n    @abstractmethod\n    def extra(self): ...\n"
    own_files = "    def __init__(self):\n        self.extra = 1\n"
    yield _plant(
        "property",
        after("class Store(ABC):", prop),
        python(fresh + own_files),
        python(f"{fresh}    extra = 1\n"),
    )
    renamed = base(("def load(self, key): ...", "def read(self, key): ..."), ("    def load", "    def read"))
    yield _plant("renamed", renamed, python(fresh), python(fresh.replace("load", "read") + LOAD))
    meta = after("class Sized(metaclass=abc.ABCMeta):", "    @abc.abstractmethod\n    def size(self): ...\n")
    sized = "class Box(Sized, Mixed):\n    pass\n"
    yield _plant("metaclass", meta, python(sized), python("class Box(Mixed, Sized):\n    pass\n"))
    proto = after("class Closable(Protocol):", ABSTRACT)
    yield _plant(
        "protocol", proto, python("class Box(Closable):\n    pass\n"), python("class Box:\n    pass\n")
    )
    less = base(
        ("class Cached(Store):\n    def load(self, key):\n        return key\n", "class Cached(Store):")
    )
    yield _plant("implementation-gone", less, python(grand), python(f"class Files(Cached):\n{LOAD}"))
    made_abstract = base(("    def drop(", "    @abstractmethod\n    def drop("))
    drop = "    def drop(self, key):\n        return 1\n"
    yield _plant("became-abstract", made_abstract, python(fresh), python(fresh + drop))
    beside = {"pkg/use.py": "from pkg import base\n\n\nclass Files(base.Cached):\n    pass\n"}
    yield _plant(
        "in-known-file", NEW, beside, {"pkg/use.py": "from pkg import base\n\n\nclass Files:\n    pass\n"}
    )


def _script() -> Iterator[Plant]:
    def shapes(*changes: tuple[str, str]) -> dict[str, Content]:
        return base(*changes, path="src/shapes.ts")

    def repository(head: str, body: str) -> dict[str, Content]:
        return script(f"export class Made {head} {{\n  {body}\n}}\n")

    area = "area() { return 1; }"
    edge = shapes(
        ("  abstract area(): number;\n", "  abstract area(): number;\n  abstract edge(): number;\n")
    )
    of = "extends Shape<string>"
    yield _plant(
        "ts-abstract", edge, repository(of, area), repository(of, f"{area}\n  edge() {{ return 2; }}")
    )
    yield _plant(
        "ts-grandparent", edge, repository("extends Flat", ""), repository("extends Flat", "edge = () => 1;")
    )
    field = shapes(('  name = "shape";', '  name = "shape";\n  abstract sides: number;'))
    yield _plant(
        "ts-field",
        field,
        repository(of, area),
        repository(of, f"constructor(readonly sides: number) {{ super(); }}\n  {area}"),
    )
    member = shapes(("  read(): string;", "  read(): string;\n  skip(): void;"))
    reader = 'read() { return ""; }'
    yield _plant(
        "ts-interface",
        member,
        repository("implements Reader", reader),
        repository("implements Reader", f"{reader}\n skip() {{}}"),
    )
    both = f"{reader}\n  load = () => {{}};"
    yield _plant(
        "ts-extended",
        member,
        repository("implements Loader", both),
        repository("implements Loader", f"{both}\n  skip = () => {{}};"),
    )
    required = shapes(("  close?(): void;", "  close(): void;"))
    yield _plant(
        "ts-required", required, repository("implements Reader", reader),
        repository("implements Reader", f"{reader}\n  close() {{}}"),
    )  # fmt: skip


def override_plants() -> Iterator[Plant]:
    """Warnings: an override that no longer fits."""
    for name, old, new, breaks, fits in (
        ("more", "drop(self, key)", "drop(self, key, at)", "drop(self, key)", "drop(self, *args, **kwargs)"),
        (
            "keyword", "force=False)", "force=False, at=1)",
            "save(self, key, value, *, force=1)", "save(self, key, value, **more)",
        ),
        ("renamed", "drop(self, key)", "drop(self, name)", "drop(self, key)", "drop(self, *key, **more)"),
        ("fewer", "drop(self, key)", "drop(self)", "drop(self, key)", "drop(self, key=1)"),
        (
            "optional", "save(self, key, value,", "save(self, key, value=1,",
            "save(self, key, value, *, force=1)", "save(self, key, value=2, *, force=1)",
        ),
        ("class", "open(cls, path)", "open(cls, path, mode)", "open(cls, path)", "open(cls, path, mode=1)"),
        ("waits", "    def drop(", "    async def drop(", "drop(self, key)", "dropped(self, key)"),
        ("at-once", "async def fetch", "def fetch", "async fetch(self, key)", "fetch(self, key)"),
    ):  # fmt: skip
        yield _plant(f"override-{name}", base((old, new)), _overriding(breaks), _overriding(fits))
    gained = base(("drop(self, key)", "drop(self, key, at)"))
    own_files = "class Files(Cached):\n    def drop(self, key):\n        return 1\n"
    yield _plant(
        "override-grandparent", gained, python(own_files), python(own_files.replace("drop", "_drop"))
    )


def _overriding(text: str) -> dict[str, Content]:
    way, name = ("async def", text.removeprefix("async ")) if text.startswith("async ") else ("def", text)
    repository = "    @classmethod\n" if "(cls" in text else ""
    return python(f"class Files(Cached):\n{repository}    {way} {name}:\n        return 1\n")


def quiet() -> Iterator[Plant]:
    """What is no collision, or nobody can tell: `breaks` and `fits` are both silent."""
    fresh = f"class Files(Store):\n{LOAD}"
    for name, text in (
        ("unknown-base", f"from outside import Thing\n\n\nclass Files(Thing, Store):\n{LOAD}"),
        ("abstract-itself", f"from abc import ABC\n\n\nclass Files(Store, ABC):\n{LOAD}"),
        (
            "own-abstract",
            f"from abc import abstractmethod\n\n\n{fresh}    @abstractmethod\n    def own(self): ...\n",
        ),
        ("extended", f"{fresh}\n\nclass Leaf(Files):\n{EXTRA}"),
        ("named-so", f"class BaseFiles(Store):\n{LOAD}"),
        ("abstract-before", "class Files(Store):\n    pass\n"),
        ("decorated", f"from outside import made\n\n\n@made\n{fresh}"),
        ("conditional", f"if Store:\n    class Files(Store):\n        {LOAD.strip()}\n"),
    ):
        yield _plant(name, NEW, python(text), python(text))
    plain = after("class Plain:", "    @abstractmethod\n    def extra(self): ...\n")
    yield _plant(
        "no-abc", plain, python("class Files(Plain):\n    pass\n"), python("class Files(Plain):\n    pass\n")
    )
    gained = base(("drop(self, key)", "drop(self, key, at=None)"))
    for name, text in (
        ("override-decorated", "    @wrapped\n    def drop(self, key): ...\n"),
        ("override-property", "    @property\n    def drop(self): ...\n"),
        ("override-static", "    @staticmethod\n    def drop(self, key): ...\n"),
        ("override-unknown", "    def drop(self, key): ...\n"),
    ):
        head = "class Files(Unknown, Cached):\n" if name.endswith("unknown") else "class Files(Cached):\n"
        arguments = python(f"from outside import Unknown, wrapped\n\n\n{head}{text}")
        yield _plant(name, gained, arguments, arguments)
    more = base(("  read(): string;", "  read(): string;\n  skip(): void;"), path="src/shapes.ts")
    for name, text in (
        ("ts-partial", 'export class Made implements Partial<Reader> { read() { return ""; } }'),
        (
            "ts-unknown",
            'import { Thing } from "thing";\nclass Made extends Thing implements Reader { read() { return ""; } }',
        ),
        ("ts-merged", 'interface Made extends Reader {}\nclass Made implements Reader { read() { return ""; } }'),
        ("ts-abstract", 'export abstract class Made implements Reader { read() { return ""; } }'),
    ):  # fmt: skip
        yield _plant(name, more, script(text), script(text))
    javascript = script("export class Made extends Shape { area() { return 1; } }\n", "src/fresh.js")
    edge = base(
        ("  abstract area(): number;\n", "  abstract area(): number;\n  abstract edge(): number;\n"),
        path="src/shapes.ts",
    )
    yield _plant("js", edge, javascript, javascript)
