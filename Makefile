# Everything a person types here. `make` alone lists it; docs/how-to/run.md says more.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
# Tests can run on so many processors side by side (WORKERS=2), each with a database of its own; 0: one after the other.
WORKERS ?= 0
PY := .venv/bin/python
assets_from := $(wildcard package.json package-lock.json) $(shell find assets locale -type f 2>/dev/null)
# A Python that no longer runs (the system's was renewed, or the folder came from elsewhere) is installed anew.
broken := $(if $(shell $(PY) -c 'print(1)' 2>/dev/null),,again)

help:  ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.runtime build/.stamp  ## Start Shelterbelt with an invented state (PORT=8000, HOST=127.0.0.1)
	@SHELTERBELT_DEMONSTRATION=$${SHELTERBELT_DEMONSTRATION:-true} exec $(PY) -m shelterbelt run --host $(HOST) --port $(PORT)

test: .venv/.dev build/.stamp lint  ## Check the style, then run every test, browser included (ARGS="-k drill")
	@bash scripts/browser
	@bash scripts/providers
	@bash scripts/pooler
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

lint: .venv/.dev  ## Check style, types, layers and templates
	@$(PY) -m ruff check --quiet --output-format concise .
	@$(PY) -m ruff format --check --quiet . || { echo "The layout of the files above differs; make fix puts it right."; exit 1; }
	@DATABASE_URL=postgresql:///none SHELTERBELT_SECRET_KEY=none $(PY) -m mypy shelterbelt
	@PYTHONPATH=. $(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()" --no-logo
	@$(PY) -m djlint --quiet --lint shelterbelt

fix: .venv/.dev  ## Put right what the linters can put right by themselves
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format .

bench: .venv/.dev build/.stamp  ## Measure the speed promised in docs/benchmarks.md
	@SHELTERBELT_HOME=$${SHELTERBELT_HOME:-var/bench} $(PY) -m tests.bench $(ARGS)

who-may: .venv/.dev build/.stamp  ## Print docs/reference/who-may.md from what the policies answer
	@SHELTERBELT_WRITE_DOCS=true $(PY) -m pytest -q tests/attack/test_who_may.py

fuzz: .venv/.dev build/.stamp  ## Send 20,000 hostile requests to every page, form and operation (ARGS="-k pages")
	@SHELTERBELT_FUZZ=$${SHELTERBELT_FUZZ:-20000} $(PY) -m pytest -s tests/attack/test_fuzz_*.py $(ARGS)

assets: build/.stamp  ## Build the theme, scripts, maps and translations into build/

messages: .venv/.runtime  ## Collect the words to translate into locale/
	@$(PY) -m shelterbelt.ui.messages collect

shell: .venv/.runtime  ## Open Python with the database at hand
	@$(PY) -m shelterbelt shell

audit-dependencies: .venv/.dev  ## Ask whether a weakness is known in a package of the locks (needs the network)
	@$(PY) -m tests.audit_dependencies

lock:  ## Choose the newest allowed versions again and write the lock files
	@bash scripts/lock

clean:  ## Remove everything built, keeping the data under var/
	@rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find shelterbelt tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime: requirements.lock scripts/install $(broken)
	@bash scripts/install requirements.lock $@

.venv/.dev: requirements-dev.lock scripts/install $(broken)
	@bash scripts/install requirements-dev.lock $@

build/.stamp: $(assets_from) scripts/node scripts/assets | .venv/.runtime
	@bash scripts/assets
	@mkdir -p build && touch $@

.PHONY: help run test lint fix bench fuzz assets who-may messages shell audit-dependencies lock clean again
