"""The settings of a hook: `git config gate.*`, and its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from gate.cli.writing import note
from gate.errors import GitFailed
from gate.git import process

TIMEOUT = 30.0
"""Seconds a hook takes at most, unless `git config gate.hookTimeout` says otherwise."""
_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
_NO = ("false", "no", "off", "0", "")


@dataclass(frozen=True, slots=True)
class Settings:
    """`mode` is None when only the policy can tell; `skipped` says what turns the hook off, "" for nothing."""

    skipped: str = ""
    timeout: float = TIMEOUT
    mode: str | None = None


def read_settings() -> Settings:
    """The settings here, in one git process; none of it where git cannot say (what follows will say why)."""
    if os.environ.get("GATE_SKIP") == "1":
        return Settings("GATE_SKIP=1")
    try:
        configuration = configured()
    except GitFailed:
        return Settings()
    if configuration.get("gate.hook", "true").lower() in _NO:
        return Settings("git config gate.hook false")
    return Settings("", _seconds(configuration.get("gate.hooktimeout")), configuration.get("gate.mode"))


def configured() -> dict[str, str]:
    """Return all of `gate.*`: the last value by key in lower case, "true" for a key without a value."""
    env = process.environment({name: os.environ[name] for name in _PLACES if name in os.environ})
    raw = process.run(["config", "-z", "--get-regexp", r"^gate\."], env=env, allowed=(0, 1))
    pairs = (record.partition("\n") for record in process.records(raw))
    return {key: value if separator else "true" for key, separator, value in pairs}


def _seconds(value: str | None) -> float:
    try:
        seconds = float(value) if value is not None else TIMEOUT
    except ValueError:
        seconds = 0.0
    if 0 < seconds <= 3600:
        return seconds
    note(f"git-gate: git config gate.hookTimeout is {value!r}, no number of seconds; taking {TIMEOUT:.0f}")
    return TIMEOUT
