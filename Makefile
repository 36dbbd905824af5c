# Needs Python 3.11 or newer, git and make; everything else goes into .venv, made again when what it takes changes.

PYTHON ?= python3
# What is installed: the `locked` versions, the `newest`, or the `lowest` that pyproject.toml allows.
DEPS ?= locked

BIN := .venv/bin
LOCK := .ci/requirements-dev.txt
READY := .venv/.ready-$(DEPS)
PIP := $(BIN)/python -m pip install --quiet
PROJECT := --editable '.[langs,mcp,sql]'

# The tests start the program hundreds of times: without bytecode each would compile it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check lint lock mutants bench clean

help:  ## show what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 8

demo: $(READY)  ## judge the eleven branches of a sample repository
	$(BIN)/git-gate demo

test: $(if $(filter lowest,$(DEPS)),,lint) $(READY)  ## style, types, layers, all tests; DEPS=newest or DEPS=lowest for those versions
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(READY)  ## style, types, layers, unit tests of what changed; IN=order for those of gate/order
	$(BIN)/python .ci/check.py $(IN)

lint: $(READY)  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:  ## write the newest versions of what the tests need, with their hashes, for DEPS=locked
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --upgrade uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --all-extras --group dev --output-file $(LOCK) pyproject.toml

mutants: $(READY)  ## change the code and see which changes no test notices; IN=order for gate/order
	$(BIN)/python .ci/mutants.py $(IN)

bench: $(READY)  ## measure against git's own merge of all pairs; BENCH="--files 5000" for less
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

clean:  ## remove everything made here
	rm -rf .venv .hypothesis .mutants .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist git-gate-demo
	find gate tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'error: $(PYTHON) is no Python 3.11 or newer' >&2; \
	  echo 'hint: name one that is: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(or $(install-$(DEPS)),$(error DEPS is `locked`, `newest` or `lowest`))
	@touch $@

define install-locked
$(PIP) --require-hashes --requirement $(LOCK)
$(PIP) --no-deps --no-build-isolation --editable .
endef

define install-newest
$(PIP) --upgrade 'pip>=25.1'
$(PIP) $(PROJECT) --group dev
endef

define install-lowest
$(PIP) --upgrade 'pip>=25.1' uv
$(BIN)/uv pip compile --quiet --resolution lowest-direct --all-extras --output-file .venv/lowest.txt pyproject.toml
$(PIP) $(PROJECT) --group dev --constraint .venv/lowest.txt
endef
