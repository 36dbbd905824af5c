"""Which streams land: as much weight as can land untouched, and no stream without what comes before it."""
