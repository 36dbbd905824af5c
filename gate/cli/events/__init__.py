"""What each git hook of the gate does: one module an event, `run(words, settings)`, an exit code."""
