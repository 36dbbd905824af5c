"""The settings of `go.mod`."""

from __future__ import annotations

from gate.languages.go import manifest


def test_a_manifest_says_the_module_and_what_it_replaces() -> None:
    facts = manifest.read(b"module x.y/z\n\nreplace (\n\ta.b/c v1.0 => ../c\n)\nreplace d.e => ./e\n")

    assert facts.settings == (("module", "x.y/z"), ("replace", "a.b/c"), ("replace", "d.e"))
