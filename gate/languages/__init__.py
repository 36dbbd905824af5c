"""One folder a language: everything the gate knows of it. `registry.py` finds them, `base/` has what several use."""
