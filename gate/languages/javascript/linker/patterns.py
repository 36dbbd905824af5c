"""Maps from patterns with at most one `*` to targets: `exports`, `imports` and `paths` of manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.javascript.linker import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.languages.javascript.linker.manifests import JavaScriptManifest


def targets(patterns: Mapping[str, list[str]], name: str) -> list[str] | None:
    """Return the targets of the pattern that fits a name with the longest prefix, its `*` filled in.

    None when no pattern fits.
    """
    if name in patterns and "*" not in name:
        return patterns[name]
    best, filled = "", ""
    for pattern in patterns:
        start, star, end = pattern.partition("*")
        fits = name.startswith(start) and name.endswith(end) and len(name) >= len(start) + len(end)
        if star and fits and (not best or len(start) > len(best.partition("*")[0])):
            best, filled = pattern, name[len(start) : len(name) - len(end)]
    return [target.replace("*", filled) for target in patterns[best]] if best else None


def aliased(configs: Sequence[JavaScriptManifest], specifier: str) -> Iterator[str]:
    """Yield the paths to which `paths` and `baseUrl` of a compiler's settings lead, the best match first.

    `configs` is a file of settings with those it extends, the strongest first.
    """
    base = next((config for config in configs if config.first("baseUrl")), None)
    mapping = next((config for config in configs if config.below("paths")), None)
    if mapping is not None:
        folder, text = (mapping.folder, ".") if base is None else (base.folder, base.first("baseUrl"))
        for target in targets(mapping.below("paths"), specifier) or ():
            stem = paths.joined(folder, f"{text}/{target}")
            if stem is not None:
                yield stem
    if base is not None:
        stem = paths.joined(base.folder, f"{base.first('baseUrl')}/{specifier}")
        if stem is not None:
            yield stem
