"""Tools the tests share; tested in `tests/test_support.py`."""

from support.command import CHECKOUT, Result, run_gate, run_here
from support.repositories import MakeRepo, git
from support.snapshots import snapshot

__all__ = ["CHECKOUT", "MakeRepo", "Result", "git", "run_gate", "run_here", "snapshot"]
