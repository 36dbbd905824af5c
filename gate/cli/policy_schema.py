"""The JSON Schema of `gate.toml`, for editors that know TOML and JSON Schema.

It is looser than `gate.config.load`, which also sees what a schema cannot: names that stand for nothing, patterns that
are none. A test holds its keys against those the loader knows.
"""

from __future__ import annotations

from typing import Any

from gate.config.load import POINT_KINDS, WEIGHTS
from gate.model.git import Landing
from gate.model.policy import Mode, Precedence

Schema = dict[str, Any]


def schema() -> Schema:
    """The schema; every call gives a fresh one."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "git-gate/policy/1",
        "title": "git-gate policy",
        "description": "Who answers for which paths, which branches are streams, and how findings weigh.",
        **_table(
            {
                "version": {"const": 1, "description": "The version of this format."},
                "mode": _choice(Mode, "audit reports and never fails"),
                "landing": _choice(Landing, "how a stream reaches the target"),
                "branches": _texts("Which branches are streams, as globs; none: every branch."),
                "against": _texts("Branches to compare with that are not judged, as globs."),
                "protected": _texts("Branches whose migrations are published besides `release*`, as globs."),
                "max_parallel": _count("Streams in one batch."),
                "max_coordinators": _count("Coordinators in one batch."),
                "owner": _text("The coordinator who looks at changes of the policy itself."),
                "templates": _text("The folder of report templates that stand for the shipped ones."),
                "precedence": _choice(Precedence, "which of several rules decides"),
                "coordinators": {"type": "object", "additionalProperties": _coordinator()},
                "exceptions": _array(_rule()),
                "domains": _array(_rule()),
                "integration_points": _array(_point()),
                "severity": {
                    "type": "object",
                    "propertyNames": {"pattern": _CODE},
                    "additionalProperties": {"enum": list(WEIGHTS)},
                },
                "waivers": _array(_waiver()),
            }
        ),
    }


_CODE = "^[A-Z]+[0-9]*$"


def _coordinator() -> Schema:
    return _table(
        {
            "description": _text("What it is there for."),
            "reviewers": _texts("Who reviews: a team, an account, an address."),
            "streams": _texts("Whose branches are its own, as globs."),
            "capacity": _count("Its streams in one batch."),
        }
    )


def _rule() -> Schema:
    keys = {
        "name": _text("The domain's name; by default the coordinator's."),
        "paths": _texts("What it covers, as gitignore patterns.") | {"minItems": 1},
        "within": _texts("Further patterns that must match as well."),
        "coordinator": _text("Who answers for it."),
        "unowned": _flag("Nobody is meant to own these paths."),
        "serialized": _flag("One stream at a time."),
        "recursive": _flag("Whether a directory is covered with everything below it."),
        "reason": _text("Why."),
    }
    owned = [{"required": ["coordinator"]}, {"required": ["unowned"]}]
    return _table(keys, required=["paths"]) | {"anyOf": owned}


def _point() -> Schema:
    keys = {
        "name": _text("What it is called."),
        "kind": {"enum": list(POINT_KINDS)},
        "paths": _texts("Files that touch it."),
        "tags": _texts("Tags a stream declares that touch it."),
        "content": _texts("Regular expressions searched in added lines."),
        "requires": _texts("Coordinators that must be in."),
    }
    return _table(keys, required=["name", "kind"])


def _waiver() -> Schema:
    keys = {
        "check": {"type": "string", "pattern": _CODE, "description": "A code, or the beginning of codes."},
        "reason": _text("Why it is accepted."),
        "paths": _texts("Only for findings within these paths."),
        "streams": _texts("Only for these streams, as globs."),
        "expires": {"type": "string", "format": "date", "description": "The last day it holds."},
    }
    return _table(keys, required=["check", "reason"])


def _table(keys: dict[str, Schema], required: list[str] | None = None) -> Schema:
    demanded = {"required": required} if required else {}
    return {"type": "object", "properties": keys, **demanded, "additionalProperties": False}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _texts(description: str) -> Schema:
    return {
        "type": "array",
        "items": {"type": "string", "pattern": r"\S"},
        "description": description,
    }


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "description": description}


def _choice(values: Any, description: str) -> Schema:
    return {"enum": [str(value) for value in values], "description": description}
