"""Asks git, routes what it says, and hands the checks one frozen value."""
