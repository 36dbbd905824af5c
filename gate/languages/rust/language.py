"""Rust: crates below `Cargo.toml`, each a tree of modules that `mod` items declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from gate.languages.base.language import CompiledLanguage

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.tree import Tree
    from gate.languages.rust.crates import RustSurvey


class Rust(CompiledLanguage):
    """Rust, as far as other parts of the gate ask."""

    name = "rust"
    title = "Rust"
    readers: ClassVar = {".rs": "reader", "Cargo.toml": "manifest"}
    endings = (".rs",)
    extra = "tree_sitter_rust"
    test_names = r"^tests?\."

    def accepts(self, path: str) -> bool:
        """Return whether it is a source file or a manifest."""
        return path.endswith(".rs") or self.is_manifest(path)

    def is_manifest(self, path: str) -> bool:
        """Return whether it is a crate's manifest."""
        return path.rpartition("/")[2] == "Cargo.toml"

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return the crates of the repository, and the files of each folder."""
        from gate.languages.rust.crates import survey

        manifests = (path for path in tree.paths() if self.is_manifest(path))
        return survey(tree, manifests, facts_of)

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        from gate.languages.rust.crates import Crates
        from gate.languages.rust.linker import RustLinker

        return RustLinker(Crates(tree, cast("RustSurvey", survey)), facts_of)

    def module_name(self, path: str) -> str:
        """Return the module's path in its crate: `crates/a/src/b/c.rs` is `b::c`."""
        plain = path.removesuffix(".rs").removesuffix("/mod").rstrip("/")
        before, separator, after = plain.rpartition("src/")
        inside = separator and (not before or before.endswith("/"))
        return (after if inside else plain).replace("/", "::")


LANGUAGE = Rust()
