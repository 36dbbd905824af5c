"""The streams that land: as much weight as can land untouched, nothing without what comes before it."""
