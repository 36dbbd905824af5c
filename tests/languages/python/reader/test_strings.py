"""Strings in Python files that are resolved at run time."""

from __future__ import annotations

import pytest

from gate.languages.python import reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("importlib.import_module('a.b')", {("a.b", "object", True)}),
        ("importlib.import_module(name)", set()),
        ("importlib.import_module('.b', 'a')", set()),
        ("try:\n import_module('a.b')\nexcept ImportError: ...", {("a.b", "object", False)}),
        ("include('a.urls')", {("a.urls", "object", False)}),
        ("config.include('a.urls')", set()),
        ("send_task('a.b')", {("a.b", "object", False)}),
        ("INSTALLED_APPS = ['a', 'b.c'] + MORE", {("a", "object", True), ("b.c", "object", True)}),
        ("def f():\n INSTALLED_APPS = ['a']", set()),
        ("class C:\n MIDDLEWARE = ('a.B',)", {("a.B", "object", True)}),
        ("EMAIL_BACKEND = 'a.B'", {("a.B", "object", False)}),
        ("NAME = 'a.B'", set()),
        ("X = {'class': 'a.B', 'name': 'c.D', 'task': 'plain'}", {("a.B", "object", False)}),
        ("Celery(include=['a.b'])", {("a.b", "object", False)}),
        ("ForeignKey('a.B', on_delete=c)", {("a.B", "model", False)}),
        ("ForeignKey('self')", set()),
        ("ManyToManyField(to='B', through='a.C')", {("B", "model", False), ("a.C", "model", False)}),
        ("apps.get_model('a', 'B')", {("a.B", "model", False)}),
        ("apps.get_model('a.B')", {("a.B", "model", False)}),
        ("apps.get_model(label, 'B')", set()),
        ("AUTH_USER_MODEL = 'a.B'", {("a.B", "model", False)}),
        ("mock.patch('a.b')", {("a.b", "patch", True)}),
        ("mock.patch('a.b', create=True)", set()),
        ("mock.patch('b')", set()),
        ("mock.patch.multiple('a.b', c=1, spec=d)", {("a.b", "patch", True), ("a.b.c", "patch", True)}),
        ("monkeypatch.setattr('a.b', 1, raising=False)", set()),
        ("setup(entry_points={'x': ['y = a.b:c [d]']})", {("a.b:c", "object", True)}),
        ("setup(entry_points='[x]\\ny = a.b:c\\n')", {("a.b:c", "object", True)}),
        ("request.getfixturevalue('db')", {("db", "fixture", True)}),
        ("__all__ = ['a', 'b']", {("a", "export", False), ("b", "export", False)}),
        ("__all__ = [*other]", set()),
    ],
)
def test_strings(text: str, expected: set[tuple[str, str, bool]]) -> None:
    assert {
        (fact.text, fact.kind, fact.sure) for fact in reader.read(text.encode()).string_references
    } == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def test_x(a, b=1, *, c): ...", {"a", "c"}),
        ("def other(a): ...", set()),
        ("def test_x():\n def test_inner(a): ...", set()),
        ("@pytest.mark.parametrize('a', [1])\ndef test_x(a, b): ...", {"b"}),
        ("@pytest.mark.parametrize('a, b', x, indirect=True)\ndef test_x(a, b): ...", {"a", "b"}),
        ("@pytest.mark.parametrize('a, b', x, indirect=['b'])\ndef test_x(a, b): ...", {"b"}),
    ],
)
def test_fixtures_asked_for(text: str, expected: set[str]) -> None:
    assert {
        fact.text for fact in reader.read(text.encode()).string_references if fact.kind == "fixture"
    } == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("setup(package_dir={'': 'lib', 'a': 'b'})", {("root", "lib")}),
        ("setup(packages=find_packages('src'))", {("root", "src")}),
        ("setup(packages=find_packages(where='src'))", {("root", "src")}),
        ("setup(package_dir=made())", set()),
    ],
)
def test_roots_that_setup_declares(text: str, expected: set[tuple[str, str]]) -> None:
    assert set(reader.read(text.encode()).settings) == expected
