"""The only code that touches a repository. Everything goes to git, in batches; what is written, to a quarantine."""
