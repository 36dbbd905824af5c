"""Weekend call: two residents a weekend, and never the same two weekends in a row."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROTATION = tomllib.loads((HERE / "templates" / "weekend_call.toml").read_text())


def on_call(weekend: int, residents: list[str]) -> list[str]:
    """Who is on call on a weekend."""
    first = weekend * ROTATION["residents"] % len(residents)
    return [residents[(first + n) % len(residents)] for n in range(ROTATION["residents"])]
