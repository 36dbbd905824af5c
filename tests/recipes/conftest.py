"""The files of the recipes are data here: they count once they lie where they belong."""

from __future__ import annotations

collect_ignore_glob = ["*/tests/*", "*/gate/*"]
