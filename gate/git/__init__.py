"""The only code that touches a repository. Everything goes to git itself, in batches, and is written to a quarantine."""
