"""Night float: one resident works all nights of a week, so that nobody works a day after a night."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROTATION = tomllib.loads((HERE / "templates" / "night_float.toml").read_text())


def nights(week: int, residents: list[str]) -> str:
    """Who works the nights of a week."""
    return residents[week // ROTATION["weeks"] % len(residents)]
