"""The table of all keys of `gate.toml`, as README shows it."""

from __future__ import annotations

from gate.config import keys


def reference() -> str:
    """Return a Markdown table with a row for each key."""
    lines = ["| table | key | value | what it is for |", "|---|---|---|---|"]
    tables: dict[tuple[keys.PolicyKey, ...], list[str]] = {}
    for heading, table_keys in keys.TABLES.items():
        tables.setdefault(table_keys, []).append(f"`{heading}`" if heading else "top of the file")
    for table_keys, headings in tables.items():
        lines += [
            f"| {', '.join(headings)} | `{key.name}`{' (required)' if key.required else ''} "
            f"| {key.kind.shape} | {key.about} |"
            for key in table_keys
        ]
    weights = ", ".join(f"`{weight}`" for weight in keys.WEIGHTS)
    lines.append(
        f"| `[severity]` | a code, or the beginning of codes | {weights} | How such findings weigh. |"
    )
    return "\n".join(lines)
