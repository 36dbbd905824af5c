# Needs Python 3.11 or newer, git and make; everything else goes into .venv, made when pyproject.toml changes.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test bench clean

help:  ## show what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 8

demo: $(READY)  ## judge the eleven branches of a sample repository
	$(BIN)/git-gate demo

test: $(READY)  ## style, types, layers, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

bench: $(READY)  ## measure against git's own merge of all pairs; BENCH="--files 5000" for less
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

clean:  ## remove everything made here
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist git-gate-demo
	find gate tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'error: $(PYTHON) is no Python 3.11 or newer' >&2; \
	  echo 'hint: name one that is: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@
