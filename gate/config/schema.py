"""The JSON Schema of `gate.toml`, for editors that know TOML and JSON Schema.

It is looser than `gate.config.load`, which also sees what a schema cannot: names that stand for nothing, patterns that
are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.config import keys
from gate.config.kinds import CODE

if TYPE_CHECKING:
    from gate.config.keys import PolicyKey
    from gate.config.kinds import Schema


def schema() -> Schema:
    """Return the schema; every call makes a new one."""
    tables: Schema = {
        "coordinators": {"type": "object", "additionalProperties": _table(keys.COORDINATOR)},
        "exceptions": {"type": "array", "items": _rule()},
        "domains": {"type": "array", "items": _rule()},
        "integration_points": {"type": "array", "items": _table(keys.POINT)},
        "severity": {
            "type": "object",
            "propertyNames": {"pattern": f"^{CODE}$"},
            "additionalProperties": {"enum": list(keys.WEIGHTS)},
        },
        "waivers": {"type": "array", "items": _table(keys.WAIVER)},
    }
    settings = _table(keys.SETTINGS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "git-gate/policy/1",
        "title": "git-gate policy",
        "description": "Who answers for which paths, which branches are streams, and how findings weigh.",
        **settings,
        "properties": settings["properties"] | tables,
    }


def _rule() -> Schema:
    rule = _table(keys.RULE)
    rule["properties"]["paths"]["minItems"] = 1
    return rule | {"anyOf": [{"required": ["coordinator"]}, {"required": ["unowned"]}]}


def _table(table_keys: tuple[PolicyKey, ...]) -> Schema:
    required = [key.name for key in table_keys if key.required]
    return {
        "type": "object",
        "properties": {key.name: key.kind.schema() | {"description": key.about} for key in table_keys},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
