"""What users install carries what the program needs: the wheel, and the wheel made from the source distribution."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from demo.test_sample import POLICY, TIPS, tips

import gate

CHECKOUT = Path(gate.__file__).parents[1]
DEMO = {
    f"gate/_shipped/{path.relative_to(CHECKOUT).as_posix()}"
    for path in CHECKOUT.joinpath("templates", "demo").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}
NEEDED = DEMO | {
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


def test_the_demo_of_an_installed_wheel(tmp_path: Path) -> None:
    """Installers compile all Python files of a wheel, those of the sample repository too."""
    place = tmp_path / "installed"
    with zipfile.ZipFile(built("wheel", CHECKOUT, tmp_path / "wheel")) as wheel:
        wheel.extractall(place)
    assert compileall.compile_dir(place, quiet=1)
    sample = place / "gate" / "_shipped" / "templates" / "demo"
    assert [*sample.glob("base/**/__pycache__/*")]
    program = f"from gate.demo import sample; sample.write(__import__('pathlib').Path('clinic'), {POLICY!r})"
    environment = os.environ | {"PYTHONPATH": str(place)}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True)
    assert tips(tmp_path / "clinic") == TIPS


def test_the_wheel_of_the_source_distribution(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", CHECKOUT, tmp_path / "sdist")) as source:
        source.extraction_filter = getattr(tarfile, "data_filter", None)  # not there before Python 3.11.4
        source.extractall(tmp_path / "unpacked")
    (checkout,) = (tmp_path / "unpacked").iterdir()

    with zipfile.ZipFile(built("wheel", checkout, tmp_path / "wheel")) as wheel:
        assert set(wheel.namelist()) >= NEEDED
