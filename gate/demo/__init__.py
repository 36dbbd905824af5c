"""The demo: a sample repository, built from the files in templates/demo."""
