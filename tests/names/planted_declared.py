"""Collisions planted in Python behind what values are declared to be, and behind decorators that keep a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planted import TREE, Plant, new

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.demo.repository_builder import Content

HUB = '''"""Things."""

from functools import cached_property
from typing import Optional, overload

import attr
from twisted.internet.defer import inlineCallbacks
from celery import shared_task


class Worker:
    def start(self, mode=1):
        return mode

    def close(self):
        return 1


class Hub:
    worker_field: Worker

    def __init__(self, given: Worker):
        self.made = Worker()
        self.given = given
        self.said: "Worker" = load()

    def worker(self) -> Worker:
        return load()

    @property
    def first(self) -> "Optional[Worker]":
        return load()

    @cached_property
    def second(self) -> Worker:
        return load()


def make():
    if Hub:
        return None
    return Worker()


@inlineCallbacks
def wait(name):
    yield name


@shared_task(queue="x")
def work(name):
    return name


@shared_task(bind=True)
def bound(self, name):
    return name


def pair() -> tuple[int, int]:
    return load()


@overload
def both(x: int) -> int: ...
@overload
def both(x: str) -> str: ...
def both(x, mode=1):
    return x


@attr.s
class Channel:
    code = attr.ib()


class Rows(Worker):
    def __iter__(self):
        return iter(())


class Strict:
    kind = 1

    def size(self):
        return 1

    def __getattr__(self, name):
        """No more."""
        raise KeyError(name)
'''
DECLARED_TREE: dict[str, Content] = {
    **TREE,
    "pkg/hub.py": HUB,
    # Nothing may be told just because a word is gone from everywhere.
    "pkg/others.py": "class Other:\n    def start(self): ...\n    def size(self): ...\n    def close(self): ...\n",
}
WAYS = {
    "parameter": "def f(w: Worker):\n    w.{}()\n",
    "quoted": "def f(w: 'Worker'):\n    w.{}()\n",
    "optional": "from typing import Optional\ndef f(*, w: Optional[Worker] = None):\n    w.{}()\n",
    "union": "from typing import Union\ndef f(w: Union[None, Worker]):\n    w.{}()\n",
    "bar": "def f(w: Worker | None):\n    w.{}()\n",
    "method": "class N:\n    async def f(self, w: Worker):\n        w.{}()\n",
    "inner": "def f(w: Worker):\n    return lambda x: w.{}()\n",
    "lazy": "def g():\n    h = Hub(1)\n    return h.worker().{}()\n",
    "result": "def g(h: Hub):\n    h.worker().{}()\n",
    "result-variable": "def g(h: Hub):\n    w = h.worker()\n    w.{}()\n",
    "made": "def g(h: Hub):\n    h.made.{}()\n",
    "given": "def g(h: Hub):\n    h.given.{}()\n",
    "said": "def g(h: Hub):\n    h.said.{}()\n",
    "field": "def g(h: Hub):\n    h.worker_field.{}()\n",
    "property": "def g(h: Hub):\n    h.first.{}()\n",
    "cached-property": "def g(h: Hub):\n    h.second.{}()\n",
    "inferred": "make().{}()\n",
    "own": "class N(Hub):\n    def f(self):\n        self.made.{}()\n",
}


def declared_plants() -> Iterator[Plant]:
    """Every one; of DECLARED_TREE."""
    start = "from pkg.hub import Hub, Worker, make\n"
    removed = _edited("    def start(self, mode=1):\n        return mode\n\n", "")
    changed = _edited("start(self, mode=1)", "start(self, mode)")
    for name, text in WAYS.items():
        uses = new(start + text.format("start")), new(start + text.format("close"))
        yield Plant("G211", f"declared-{name}", removed, *uses)
        yield Plant("G212", f"declared-call-{name}", changed, *uses)
    strict = _edited("    def size(self):\n        return 1\n\n", "")
    first = "from pkg.hub import Strict\n"
    yield Plant("G211", "no-hook", strict, new(f"{first}Strict().size\n"), new(f"{first}Strict().kind\n"))
    yield from _decorated()
    yield from _unpacked()


def _unpacked() -> Iterator[Plant]:
    start = "from pkg.hub import both, pair\n"
    old, body = "def pair() -> tuple[int, int]:\n", "    return load()\n"
    forms = {
        "declared": (f"def pair() -> Channel:\n{body}", ""),
        "declared-worker": (f"def pair() -> 'Worker':\n{body}", ""),
        "inferred": ("def pair():\n    return Channel(1)\n", body),
        "coroutine": (f"async def pair():\n{body}", ""),
        "nothing": ("def pair():\n    print()\n", body),
    }
    for name, (now, removed) in forms.items():
        uses = new(f"{start}def f():\n    a, b = pair()\n"), new(f"{start}def f():\n    a = b = pair()\n")
        yield Plant("G212", f"unpacked-{name}", _edited(old + removed, now), *uses)
    more = _edited("def both(x, mode=1)", "def both(x, mode)")
    yield Plant("G212", "overloaded", more, new(f"{start}both(1)\n"), new(f"{start}both(1, 2)\n"))


def _decorated() -> Iterator[Plant]:
    waits = _edited("def wait(name)", "def wait(name, time)")
    works = _edited("def work(name)", "def work(name, time)")
    forms = {
        "deferred": (waits, "def f():\n    yield wait(1)\n", "def f():\n    yield wait(1, 2)\n"),
        "task": (works, "work(1)\n", "work(1, time=2)\n"),
        "task-delay": (works, "work.delay(1)\n", "work.delay(1, 2)\n"),
        "task-later": (works, "work(1)\n", "work.apply_async((1,))\n"),
        "task-bound": (
            {
                **works,
                **_edited("def work(name)", "def work(name, time)", ("self, name)", "self, name, time)")),
            },
            "work(1)\n",
            "bound(1)\n",
        ),
    }
    for name, (producer, breaks, fits) in forms.items():
        start = "from pkg.hub import bound, wait, work\n"
        yield Plant("G212", f"decorated-{name}", producer, new(start + breaks), new(start + fits))


def _edited(old: str, now: str, *more: tuple[str, str]) -> dict[str, Content]:
    text = HUB
    for finding, twin in ((old, now), *more):
        assert finding in text, finding
        text = text.replace(finding, twin)
    return {"pkg/hub.py": text}
