"""git-gate: which parallel branches break each other, who must look, and in what order they land."""

__version__ = "0.1.0"
