"""Measurements, not tests: `make bench` prints a table, and nothing here passes or fails on time."""
