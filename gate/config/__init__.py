"""`gate.toml` to `Policy` and back: reading, writing, presets, policies made from what a repository shows."""

from gate.config.load import load

__all__ = ["load"]
