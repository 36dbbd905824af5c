"""What a Python module does while it loads."""

from __future__ import annotations

import pytest

from gate.languages.python.reader.loading import program


def steps(text: str) -> list[str]:
    """The steps as words; "?" after what may be left out."""
    loaded = program(text.encode())
    assert loaded is not None
    return [f"{step.kind} {step.text}".strip() + "?" * step.maybe for step in loaded.steps]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = m.y", ["read m.y", "bind x"]),
        ("x: m.A = m.y", ["read m.y", "bind x"]),
        ("x: m.A", []),
        ("x, (y, *z) = 1, 2", ["bind x", "bind y", "bind z"]),
        ("m.x = 1", ["bind m.x?"]),
        ("import a.b\nimport a.b as c", ["import import a.b", "import import a.b"]),
        ("from .a import b, c as d", ["import from .a import b", "import from .a import c"]),
        ("def f(x=m.y) -> m.z: m.w", ["read m.y", "bind f"]),
        ("@m.d\nasync def f(): ...", ["read m.d", "bind f"]),
        ("class C(m.B, k=m.k):\n    m.y", ["read m.B", "read m.k", "read m.y", "bind C"]),
        ("class C:\n    x = m.y\n    def f(self, z=x.y): m.w", ["read m.y", "bind C"]),
        ("class C:\n    m = 1\n    y = m.z", ["bind C"]),
        ("class C:\n    import a.b", ["import import a.b", "bind C"]),
        ("x = lambda y=m.y: m.z", ["read m.y", "bind x"]),
        ("x = [m.z for _ in m.y]", ["read m.y", "bind x"]),
        ("x = [y := 1 for _ in ()]", ["bind y?", "bind x"]),
        ("m.a and m.b", ["read m.a", "read m.b?"]),
        ("m.a if m.b else m.c", ["read m.b", "read m.a?", "read m.c?"]),
        ("(x := m.y)", ["read m.y", "bind x"]),
        ("m.f(1).g(m.y)", ["read m.f", "read m.y"]),
        ("f'{m.y}'", ["read m.y"]),
        ("if m.y:\n    x = m.z\nelse:\n    import a", ["read m.y", "read m.z?", "bind x?", "import import a?"]),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    import b", ["import import b"]),
        ("if typing.TYPE_CHECKING:\n    import a", []),
        ("try:\n    import a\nexcept ImportError:\n    a = 1", ["import import a?", "bind a?"]),
        ("try:\n    import a\nfinally:\n    x = 1", ["import import a", "bind x"]),
        ("for x in m.y:\n    m.z", ["read m.y", "read m.z?", "bind x?"]),
        ("while m.y:\n    x = 1", ["read m.y", "bind x?"]),
        ("with m.y as x:\n    z = 1", ["read m.y", "bind x", "bind z"]),
        ("with suppress(ImportError):\n    import a", ["import import a?"]),
        ("match m.x:\n    case m.y:\n        z = 1", ["read m.x", "read m.y?", "bind z?", "bind z?"]),
        ("del x", ["unknown"]),
        ("globals()['x'] = 1", ["unknown"]),
        ("import_module('a')", ["unknown"]),
        ("x = sys.modules", ["unknown", "read sys.modules", "bind x"]),
        ("def __getattr__(name): ...", ["unknown", "bind __getattr__"]),
    ],
)  # fmt: skip
def test_steps(text: str, expected: list[str]) -> None:
    assert steps(text) == expected


def test_names_that_functions_bind_are_loose() -> None:
    loaded = program(b"x = 1\ny = 2\ndef f():\n    global x\n    x = 2\n")

    assert loaded is not None
    assert loaded.loose == {"x"}


@pytest.mark.parametrize(
    "text", ["def (", "\0", "# coding: nowhere\n", "(" * 5000, "x = " + "-" * 100_000 + "1"]
)
def test_what_cannot_be_read(text: str) -> None:
    assert program(text.encode()) is None
