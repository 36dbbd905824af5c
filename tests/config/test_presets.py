"""The clinic preset is the ownership table, word for word."""

from __future__ import annotations

import re

import pytest

from gate.config import load
from gate.config.presets import PRESETS, preset
from gate.errors import UsageError
from gate.model.policy import Policy, RuleKind

# order, paths, coordinator, who may work at the same time: rules.md R1
TABLE = """\
| exception | `backend/app/scheduling/acgme_validator.py` | COORD_RESILIENCE | all but itself |
| exception | `backend/app/scheduling/constraints/acgme*.py` | COORD_RESILIENCE | all but itself |
| exception | `backend/app/services/audit_service.py` | COORD_RESILIENCE | all but itself |
| exception | `backend/app/services/credential_service.py` | COORD_RESILIENCE | all but itself |
| exception | `backend/app/services/compliance*.py` | COORD_RESILIENCE | all but itself |
| directory | `backend/app/scheduling/*` | COORD_ENGINE | all but itself |
| directory | `backend/app/resilience/*` | COORD_RESILIENCE | all but itself |
| directory | `backend/app/api/*`, `backend/app/services/*`, `backend/app/models/*` | COORD_PLATFORM | all but itself |
| directory | `backend/alembic/*` | COORD_PLATFORM | **none: serialized** |
| directory | `frontend/src/*` | COORD_FRONTEND | all but itself |
| directory | `backend/tests/*`, `frontend/__tests__/*` | COORD_QUALITY | all but itself |
| directory | `.claude/*`, `docs/*` | COORD_OPS | all but itself |
"""


def clinic() -> Policy:
    return load(preset("clinic").encode(), path="gate.toml", origin="file")


def rows() -> list[tuple[str, str, str, bool]]:
    """Each pattern of the table with its order, coordinator and whether its domain is serialized."""
    found = []
    for line in TABLE.splitlines():
        order, paths, coordinator, others = (cell.strip() for cell in line.strip("|").split("|"))
        found += [
            (order, path, coordinator, "serialized" in others) for path in re.findall("`([^`]+)`", paths)
        ]
    return found


def test_its_rules_are_the_table_in_its_order() -> None:
    rules = [(str(rule.kind), rule.pattern, rule.coordinator, rule.serialized) for rule in clinic().rules]
    assert rules == rows()


def test_capacities_are_those_of_the_rule_book() -> None:
    policy = clinic()
    assert policy.max_coordinators == 6
    assert len(policy.coordinators) == 6
    assert {one.capacity for one in policy.coordinators} == {8}


def test_every_coordinator_has_streams_of_its_own() -> None:
    streams = [pattern for one in clinic().coordinators for pattern in one.streams]
    assert streams == [
        f"agent/{name}/*" for name in ("engine", "resilience", "platform", "frontend", "quality", "ops")
    ]
    assert clinic().branches == ("agent/*",)


def test_every_kind_of_integration_point_is_there() -> None:
    kinds = [point.kind for point in clinic().points]
    assert kinds == ["migration", "api-contract", "release", "compliance", "security"]
    tags = {tag for point in clinic().points for tag in point.tags}
    assert tags == {"alembic", "api_contract", "release", "schedule_commit", "auth_change", "model_change"}
    for point in clinic().points:
        if point.kind in ("compliance", "security"):
            assert point.requires == ("COORD_RESILIENCE",)


def test_exceptions_say_why() -> None:
    assert all(rule.reason for rule in clinic().rules if rule.kind is RuleKind.EXCEPTION)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_policy(name: str) -> None:
    assert load(preset(name).encode(), path="gate.toml", origin="file").routes


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        preset("../clinic")
    assert raised.value.hint == "known: clinic"
