"""What modules are called in messages."""

from __future__ import annotations

import pytest
from names.literal import binding, use_of

from gate.model.source import Reference
from gate.names.module_names import imported_as, module_name, specifier, unwritten_root


def test_modules_go_by_the_names_people_of_the_language_use() -> None:
    assert [module_name(path) for path in ("src/a/b.py", "a/b.ts", "notes.txt")] == [
        "a.b",
        "a/b.ts",
        "notes.txt",
    ]


def test_only_specifiers_name_their_module_themselves() -> None:
    assert imported_as(use_of(binding("./m", "x", style="specifier"))) == "./m"
    assert imported_as(use_of(binding("m", "x"))) == ""
    assert imported_as(use_of(Reference("m", (1,)))) == ""


def test_specifiers_of_languages_that_have_some() -> None:
    assert specifier("src/a.ts", "lib/b.ts", "./c") == "../lib/b"
    assert specifier("a.py", "b.py", "./c") == ""
    assert specifier("notes.txt", "b.ts", "./c") == ""


@pytest.mark.parametrize(
    ("imports", "root"),
    [
        ([binding("app.models")], "backend."),
        ([binding("models")], "backend.app."),
        ([binding("app", "models")], "backend."),
        ([binding("backend.app.models")], ""),
        ([binding("other")], ""),
        ([], ""),
        ([binding("app.models", level=1)], ""),
        ([binding("app.models", style="specifier")], ""),
        ([binding("models"), binding("app.models")], "backend."),
    ],
)
def test_the_root_that_an_importer_does_not_write(imports: list, root: str) -> None:  # type: ignore[type-arg]
    assert unwritten_root("backend.app.models", imports) == root
