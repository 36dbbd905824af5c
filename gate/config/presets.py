"""Policies to start from. Each is a `gate.toml` beside this file."""

from __future__ import annotations

from importlib import resources

from gate.errors import UsageError

PRESETS = ("clinic",)
"""`clinic`: the ownership table of `rules.md` R1, its integration points (R3) and its capacities (R5)."""


def preset(name: str) -> str:
    """The text of a preset.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in PRESETS:
        raise UsageError(f"there is no preset `{name}`", f"known: {', '.join(PRESETS)}")
    return resources.files("gate.config").joinpath(f"{name}.toml").read_text(encoding="utf-8")
