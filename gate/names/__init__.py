"""Names across sides: what merges cleanly and breaks."""
