"""The settings of `Cargo.toml`."""

from __future__ import annotations

from gate.languages.rust import manifest


def test_a_manifest_says_where_crates_begin_and_what_may_come_from_the_repository() -> None:
    text = (
        b'[package]\nname = "a-b"\n[lib]\npath = "x.rs"\n[[bin]]\npath = "y.rs"\n'
        b'[dependencies]\nc = {path = "../c"}\nd = "1"\n'
    )

    assert manifest.read(text).settings == (
        ("name", "a-b"),
        ("lib", "x.rs"),
        ("bin", "y.rs"),
        ("dep", "c"),
    )
    assert manifest.read(b"[").parse == "none"
