"""Whether calls fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages.worlds import call

from gate.languages.base.call_matching import mismatch
from gate.languages.python import reader
from gate.model.source import Call


@pytest.mark.parametrize(
    ("definition", "use", "why"),
    [
        ("def f(a): ...", "f(1)", ""),
        ("def f(a): ...", "f()", "needs `a`"),
        ("def f(a): ...", "f(*x)", ""),
        ("def f(*, a): ...", "f(*x)", "needs `a`"),
        ("def f(*, a): ...", "f(**x)", ""),
        ("def f(a, /): ...", "f(**x)", "needs `a`"),
        ("def f(a): ...", "f(1, 2)", "takes 1 positional arguments, not 2"),
        ("def f(a): ...", "f(b=1)", "has no parameter `b`"),
        ("def f(a): ...", "f(1, a=1)", "gets `a` twice"),
        ("def f(a, /, **k): ...", "f(1, a=1)", ""),
        ("def f(*a, **k): ...", "f(1, b=2)", ""),
        ("@other\ndef f(a): ...", "f()", ""),
        ("@functools.lru_cache(maxsize=1)\ndef f(a): ...", "f()", "needs `a`"),
        ("if x:\n def f(a): ...", "f()", ""),
        ("class f:\n def __init__(self, a): ...", "f()", "needs `a`"),
        ("class f: ...", "f(1)", "takes 0 positional arguments, not 1"),
        ("class f(Outside): ...", "f(1)", ""),
        ("class f:\n def __new__(cls, a): ...", "f()", ""),
        ("class f(metaclass=M): ...", "f(1)", ""),
        ("class f(NamedTuple):\n a: int", "f(1)", ""),
        ("@dataclass\nclass f:\n a: int\n b: int = 1", "f()", "needs `a`"),
        ("@dataclass\nclass f:\n a: int\n b: int = 1", "f(1)", ""),
        ("@dataclass(kw_only=True)\nclass f:\n a: int", "f(1)", "takes 0 positional arguments, not 1"),
        ("@dataclass\nclass f:\n a: int\n _: KW_ONLY\n b: int", "f()", ""),
        ("@dataclass\nclass f:\n a: int = field(init=False)", "f(1)", "takes 0 positional arguments, not 1"),
        ("@dataclass\nclass f:\n a: list = field(default_factory=list)", "f()", ""),
        ("class C:\n def f(self, a): ...", "C().f()", "needs `a`"),
        ("class C:\n def f(self, a): ...", "C.f(1, 2)", ""),
        ("class C:\n @staticmethod\n def f(a): ...", "C().f()", "needs `a`"),
        ("class C:\n @classmethod\n def f(cls, a): ...", "C.f()", "needs `a`"),
        ("class C:\n @property\n def f(self): ...", "C().f(1)", ""),
        ("async def f(): ...", "f()", "is a coroutine now, and this call never awaits it"),
        ("async def f(): ...", "x = f()", ""),
        ("async def f(): yield", "for x in f(): ...", "is an asynchronous generator now: `async for`"),
        ("@contextmanager\ndef f(): yield", "with f(): ...", ""),
        ("def f(a): ...\ng = f", "g()", ""),
        ("def f(a): ...", "partial(f)", ""),
        ("def f(a): ...", "partial(f, 1, 2)", "takes 1 positional arguments, not 2"),
        ("def f(a): ...", "functools.partial(f, b=1)", "has no parameter `b`"),
    ],
)
def test_calls(definition: str, use: str, why: str) -> None:
    assert call({"use.py": f"{definition}\n{use}\n"}) == why


COROUTINE = "is a coroutine now and must be awaited"


@pytest.mark.parametrize(
    ("definition", "use", "why"),
    [
        ("async def f(): ...", "f().x", COROUTINE),
        ("async def f(): ...", "f()[0]", COROUTINE),
        ("async def f(): ...", "f().close()", ""),
        ("async def f(): ...", "async with f(): ...", COROUTINE),
        ("async def f(): ...", "async for x in f(): ...", COROUTINE),
        ("async def f(): ...", "await f()", ""),
        ("async def f(): ...", "g(f())", ""),
        ("def f(): return {}", "await f()", "is no coroutine now and cannot be awaited"),
        ("def f() -> str: return g()", "await f()", "is no coroutine now and cannot be awaited"),
        ("def f() -> 'X': return g()", "await f()", ""),
        ("def f(): return g()", "await f()", ""),
        ("def f(): raise E", "await f()", ""),
        ("def f(): ...", "await f()", ""),
        ("def f(): yield", "await f()", "is a generator and cannot be awaited"),
        (
            "def f(): yield",
            "async for x in f(): ...",
            "is a generator and cannot be iterated with `async for`",
        ),
        ("def f(): g()", "for x in f(): ...", "returns nothing to iterate"),
        ("def f():\n if x: return\n return None", "[x for x in f()]", "returns nothing to iterate"),
        ("def f(): return [1]", "for x in f(): ...", ""),
        ("def f(): g()", "f().x", "returns nothing"),
        ("def f(): yield", "with f(): ...", "is a generator and no context manager"),
        ("def f(): return 1", "with f(): ...", "gives no context manager now"),
        ("def f(): return g()", "with f(): ...", ""),
        ("@contextmanager\ndef f(): yield", "async with f(): ...", "is a plain context manager now: `with`"),
        (
            "@contextmanager\ndef f(): yield",
            "for x in f(): ...",
            "is a context manager and cannot be iterated",
        ),
        (
            "@asynccontextmanager\nasync def f(): yield",
            "with f(): ...",
            "is an asynchronous context manager now: `async with`",
        ),
        ("@asynccontextmanager\nasync def f(): yield", "async with f(): ...", ""),
        ("@other\ndef f(): return 1", "with f(): ...", ""),
    ],
)
def test_what_becomes_of_the_result(definition: str, use: str, why: str) -> None:
    assert call({"use.py": f"{definition}\nasync def user():\n {use}\n"}) == why


def test_a_method_may_be_overridden_by_one_that_gives_something_else() -> None:
    assert call({"use.py": "class C:\n def m(self): return 1\n def u(self):\n  with self.m(): ...\n"}) == ""


NAMES = st.sampled_from("abc")


@st.composite
def headers(draw: st.DrawFn) -> str:
    """A parameter list Python accepts."""
    names = iter("abc")
    parts: list[str] = []

    def flag() -> bool:
        return draw(st.booleans())

    for _ in range(draw(st.integers(0, 3))):
        parts.append(next(names) + ("=1" if any("=" in part for part in parts) or flag() else ""))
    if parts and flag():
        parts.insert(draw(st.integers(1, len(parts))), "/")
    keywords = [name + draw(st.sampled_from(["", "=1"])) for name in names if flag()]
    star = draw(st.sampled_from(["*", "*z"])) if keywords else draw(st.sampled_from(["", "*z"]))
    swallowing = draw(st.sampled_from(["", "**k"]))
    return ", ".join(filter(None, [*parts, star, *keywords, swallowing]))


@given(headers(), st.integers(0, 4), st.sets(NAMES))
def test_a_call_fits_where_python_says_so(header: str, count: int, names: set[str]) -> None:
    """The real interpreter is the judge."""
    space: dict[str, object] = {}
    exec(f"def f({header}): ...", space)
    function = space["f"]
    assert callable(function)
    [definition] = reader.read(f"def f({header}): ...".encode()).definitions
    assert definition.signature is not None
    fits = not mismatch(definition.signature, Call(count, tuple(sorted(names))))

    try:
        function(*range(count), **dict.fromkeys(names, 0))
    except TypeError:
        assert not fits
    else:
        assert fits
