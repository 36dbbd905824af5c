"""Path -> coordinator, with the rule that decided; branch -> the coordinator it works for. Pure."""

from __future__ import annotations

from gate.route.folding import fold
from gate.route.owners import covered_by, owner_of, rules_for, specificity
from gate.route.patterns import Pattern, literal, matches, pattern_of
from gate.route.streams import branch_name, coordinator_of_stream, stream_matches, stream_specificity

__all__ = [
    "Pattern",
    "branch_name",
    "coordinator_of_stream",
    "covered_by",
    "fold",
    "literal",
    "matches",
    "owner_of",
    "pattern_of",
    "rules_for",
    "specificity",
    "stream_matches",
    "stream_specificity",
]
