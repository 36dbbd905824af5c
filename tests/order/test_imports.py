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


def test_a_plan_without_an_order_does_not_load_it_either() -> None:
    code = (
        "import sys; from gate import order; from gate.model.finding import Apart;"
        "from gate.model.plan import Candidate, Limits;"
        "order.plan([Candidate('a'), Candidate('b')], [(Apart(('a', 'b')), 'f')], Limits());"
        "sys.exit('networkx' in sys.modules)"
    )
    root = Path(gate.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
