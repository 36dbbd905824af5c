"""What a producer calls a name or a module now."""

from __future__ import annotations

from typing import Any

import pytest
from names.failures import failing
from names.literal import binding, changes, definition, of_uses, state, use_of

from gate.languages.base.changes import FileChanges
from gate.model.source import FileFacts, Reference
from gate.names.culprits import Culprit
from gate.names.successor import Successor, find_successor

OLD = definition("load", digest="1")
NONE = Successor("", "")


def test_a_definition_with_the_same_text_is_the_renamed_one() -> None:
    new = definition("load_all", digest="1")
    side = changes("a", {"m.py": FileChanges(removed={"load": OLD}, added={"load_all": new})})
    failure, culprit = failing(side), Culprit("m.py", OLD)
    assert find_successor(failure, "name", culprit) == Successor("load_all", "renamed")
    assert find_successor(failure, "call", culprit) == NONE
    assert find_successor(failure, "unimplemented", culprit) == NONE
    assert find_successor(failure, "override", culprit) == NONE


def test_an_ambiguous_rename_has_no_successor() -> None:
    added = {name: definition(name, digest="1") for name in ("load_all", "load_one")}
    side = changes("a", {"m.py": FileChanges(removed={"load": OLD}, added=added)})
    assert find_successor(failing(side), "name", Culprit("m.py", OLD)) == NONE


def test_an_export_that_another_one_replaces() -> None:
    side = changes("a", {"m.py": FileChanges(removed_exports={"load": "read", "x": "y"})})
    assert find_successor(failing(side), "name", Culprit("m.py")) == Successor("read", "renamed")
    assert find_successor(failing(side, depends_on=[("m.py", "")]), "name", Culprit("m.py")) == NONE
    assert find_successor(failing(side), "name", Culprit("o.py")) == NONE
    assert find_successor(failing(side, depends_on=[("o.py", "load")]), "name", Culprit("m.py")) == NONE
    assert find_successor(failing(side), "name", Culprit("m.py", OLD)) == NONE, "a definition was removed"


def test_an_export_without_replacement() -> None:
    side = changes("a", {"m.py": FileChanges(removed_exports={"load": ""})})
    assert find_successor(failing(side), "name", Culprit("m.py")) == NONE


def moved(**more: Any) -> Successor:
    """The successor of a definition that moves from pkg/m.py to pkg/o.py."""
    added = more.pop("added", {"load": definition("load")})
    side = changes(
        "a", {"pkg/m.py": FileChanges(removed={"load": OLD}), "pkg/o.py": FileChanges(added=added)}
    )
    merged = state({"n.py": of_uses(*more.pop("imports", ()))})
    return find_successor(failing(side, merged=merged, **more), "name", Culprit("pkg/m.py", OLD))


def test_a_definition_that_moves_to_another_file() -> None:
    assert moved() == Successor("pkg.o", "moved")
    assert moved(added={"load": definition("load", "class")}) == NONE
    assert moved(added={"save": definition("save")}) == NONE


def test_a_moved_definition_is_named_from_where_its_importer_starts() -> None:
    assert moved(imports=(binding("m", "load"),)) == Successor("o", "moved")
    assert moved(imports=(binding("pkg.m", "load"),)) == Successor("pkg.o", "moved")


def test_a_moved_definition_in_the_manner_of_the_specifier() -> None:
    use = use_of(binding("./m", "load", style="specifier"))
    old, new = definition("load"), definition("load")
    side = changes(
        "a", {"m.ts": FileChanges(removed={"load": old}), "lib/o.ts": FileChanges(added={"load": new})}
    )
    failure = failing(side, use=use, path="n.ts")
    assert find_successor(failure, "name", Culprit("m.ts", old)) == Successor("./lib/o", "moved")
    package = failing(side, use=use_of(binding("pkg", "load", style="specifier")), path="n.ts")
    assert find_successor(package, "name", Culprit("m.ts", old)) == Successor("lib/o.ts", "moved")


def test_a_definition_added_in_its_own_file_did_not_move() -> None:
    added = {name: definition(name, digest="1") for name in ("load", "load_all")}
    side = changes("a", {"m.py": FileChanges(added=added)})
    assert find_successor(failing(side), "member", Culprit("m.py", OLD)) == NONE


def test_a_renamed_module() -> None:
    side = changes("a", old_paths={"pkg/new.py": "pkg/m.py"})
    assert find_successor(failing(side), "module", Culprit("pkg/m.py")) == Successor("pkg.new", "renamed")
    assert find_successor(failing(side), "module", Culprit("pkg/o.py")) == NONE


def test_a_renamed_module_by_its_specifier() -> None:
    use = use_of(binding("../m.js", "load", style="specifier"))
    side = changes("a", old_paths={"lib/new.js": "m.js"})
    failure = failing(side, use=use, path="src/n.ts")
    assert find_successor(failure, "module", Culprit("m.js")) == Successor("../lib/new.js", "renamed")


def importer_moves(depends_on: list[tuple[str, str]], renames: dict[str, str]) -> Successor:
    """The successor for a use in src/n.ts, a file the producer moves."""
    use = use_of(binding("./m", style="specifier"))
    side = changes("a", old_paths=renames)
    failure = failing(side, use=use, path="n.ts", own_path="src/n.ts", depends_on=depends_on)
    return find_successor(failure, "module", Culprit("src/n.ts"))


def test_a_file_that_moves_itself_imports_by_another_specifier() -> None:
    depends_on = [("src/z.ts", ""), ("src/n.ts", ""), ("src/n.ts/", ""), ("src/a.ts", "load")]
    assert importer_moves(depends_on, {"n.ts": "src/n.ts"}) == Successor("./src/z", "moved")
    assert importer_moves(depends_on, {"n.ts": "src/n.ts", "z.ts": "src/z.ts"}) == Successor("./z", "moved")
    assert importer_moves(depends_on, {"x.ts": "src/x.ts"}) == NONE
    assert importer_moves([("src/n.ts", ""), ("src/a.ts", "load")], {"n.ts": "src/n.ts"}) == NONE


def package(old: tuple[tuple[str, str], ...], new: FileFacts | None, module: str = "@a/lib/x") -> Successor:
    """The successor of a package of the repository whose manifest changes."""
    side = changes("a", {"lib/package.json": FileChanges(removed_settings=frozenset(old))})
    use = use_of(binding(module, "x", style="specifier"))
    merged = state({"lib/package.json": new} if new else {})
    return find_successor(failing(side, use=use, merged=merged), "module", Culprit("lib/package.json"))


def test_a_package_with_another_name() -> None:
    renamed = FileFacts("full", settings=(("main", "x"), ("name", "@a/core")))
    assert package((("name", "@a/lib"),), renamed) == Successor("@a/core/x", "renamed")
    assert package((("name", "@a/lib"),), renamed, "@a/lib/@a/lib") == Successor("@a/core/@a/lib", "renamed")
    assert package((("name", "@a/lib"),), None) == NONE
    assert package((("main", "@a/lib"),), renamed) == NONE
    assert package((("name", "@a/lib"),), renamed, "other") == NONE


def test_a_manifest_that_does_not_parse_any_more_has_no_successor() -> None:
    use = use_of(Reference("x", (1,)))
    side = changes("a", changed_blobs={"lib/package.json": "{"})
    assert find_successor(failing(side, use=use), "module", Culprit("lib/package.json")) == NONE


@pytest.mark.parametrize("path", ["m.py", "Package.json.py"])
def test_other_files_have_no_package_name(path: str) -> None:
    side = changes("a", {path: FileChanges(removed_settings=frozenset({("name", "m")}))})
    assert find_successor(failing(side), "module", Culprit(path)) == NONE
