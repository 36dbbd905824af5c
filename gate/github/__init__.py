"""The pull-request side: what happened, which pull requests are open, and where the verdict is published."""
