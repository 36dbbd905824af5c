"""Public holidays: whoever worked the last one is free on the next."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROTATION = tomllib.loads((HERE / "rotations" / "holiday_cover.toml").read_text())


def cover(last: list[str], residents: list[str]) -> list[str]:
    """Who works on the next public holiday."""
    rested = [resident for resident in residents if resident not in last]
    return rested[: ROTATION["residents"]]
