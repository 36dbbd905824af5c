"""The JSON format, and the way back: a stored report can be rendered again in every other format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from gate.errors import GateError
from gate.model.report import SCHEMA, Report
from gate.report.encoded import encoded
from gate.report.text import clean

if TYPE_CHECKING:
    from gate.report import Options


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """The report as JSON, two spaces deep, the keys in the order of the model."""
    return encoded(report)


def load(data: bytes) -> Report:
    """A report that `render` wrote. Fields this version does not know are left out.

    Raises:
        GateError: it is not such a report.
    """
    try:
        return msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = f"this is not a {SCHEMA} report: {clean(str(error))}"
        raise GateError(problem, "`git gate report -f json` writes one") from error


def schema() -> dict[str, Any]:
    """The JSON Schema of the report; its definitions are called after the classes, without their `Record`."""
    definitions = re.sub(rb'(?<=\w)Record(?=")', b"", msgspec.json.encode(msgspec.json.schema(Report)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "git-gate report",
        "description": "What git-gate says of parallel branches: findings, decisions, order, verdict.",
        **msgspec.json.decode(definitions),
    }
