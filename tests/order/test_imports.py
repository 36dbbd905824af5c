"""Planning nothing costs nothing: networkx is loaded by the first plan, not by the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gate


def test_the_package_does_not_load_networkx() -> None:
    code = "import sys, gate.order; sys.exit('networkx' in sys.modules)"
    root = Path(gate.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
