"""The work of each git hook: one module an event, `run(words, settings)`, an exit code."""
