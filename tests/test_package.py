"""What users install carries what the program needs: the wheel, and the wheel made from the source distribution."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import gate

CHECKOUT = Path(gate.__file__).parents[1]
NEEDED = {
    "gate/_shipped/hooks/plain.sh",
    "gate/_shipped/hooks/with-input.sh",
    "gate/_shipped/templates/html/report.css",
    "gate/_shipped/templates/report.html.j2",
    "gate/_shipped/templates/report.md.j2",
    "gate/config/clinic.toml",
    "gate/cli/main.py",
}


def built(what: str, checkout: Path, place: Path) -> Path:
    """The `wheel` or `sdist` of a checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(place)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = place.iterdir()
    return found


def test_the_wheel(tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", CHECKOUT, tmp_path / "wheel")) as wheel:
        assert set(wheel.namelist()) >= NEEDED


def test_the_wheel_of_the_source_distribution(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", CHECKOUT, tmp_path / "sdist")) as source:
        source.extraction_filter = getattr(tarfile, "data_filter", None)  # not there before Python 3.11.4
        source.extractall(tmp_path / "unpacked")
    (checkout,) = (tmp_path / "unpacked").iterdir()

    with zipfile.ZipFile(built("wheel", checkout, tmp_path / "wheel")) as wheel:
        assert set(wheel.namelist()) >= NEEDED
