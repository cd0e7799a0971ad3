# Every target works in a fresh clone: it installs first what is missing.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PYTHONSAFEPATH := 1
PYTHON := .venv/bin/python
# One file's tests stay on one process: they share a database.
PYTEST := $(PYTHON) -m pytest -n 2 --dist loadfile

# Where Python is told not to keep what it compiled, each of three processes compiles everything at every start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check fmt demo keycloak module-new db-revision bench isolation clean lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install everything into .venv (does nothing when that is done)
	@infra/setup/install.sh

run: setup ## Run everything until Ctrl-C; SAMOE_HOME chooses the data folder, SAMOE_PORT the port
	@exec $(PYTHON) -m samoe up

test: setup ## Check, then run the whole suite; T=tests/unit/kit runs a part of it
	@infra/setup/browser.sh
	@infra/keycloak/fetch.sh
	@$(MAKE) --no-print-directory check
	$(PYTEST) $(T)

check: setup ## Linters, types, rooms, templates, layout
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PYTHON) -m mypy platform/samoe $(wildcard modules/samoe_*/*.py)
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates modules
	$(PYTHON) -m pytest -q tests/unit/test_layout.py

fmt: setup ## Format the code and mend what can be mended by itself
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

demo: setup ## Load the demo data
	$(PYTHON) -m samoe demo load

keycloak: setup ## Run a Keycloak to try signing in at; prints what `make run` needs
	@infra/keycloak/fetch.sh
	@PYTHONPATH=. exec $(PYTHON) -m tests.keycloak

module-new: setup ## Begin a target group: make module-new SLUG=young_mothers
	$(PYTHON) -m samoe modules new $(SLUG)

db-revision: setup ## Write a migration from the models: make db-revision M="why"
	$(PYTHON) -m samoe db revision -m "$(M)"

bench: setup ## Measure against the hand-written floors; prints a table and JSON
	PYTHONPATH=. $(PYTHON) -m tests.bench

isolation: setup ## Try to reach what is not one's own: every cell, 200,000 requests, every mutant; prints the figures
	PYTHONPATH=. $(PYTHON) -m tests.isolation

lock: setup ## Resolve pyproject.toml again into uv.lock and requirements.lock
	.tools/bin/uv lock
	.tools/bin/uv export --frozen --quiet --all-groups --no-emit-project --no-header -o requirements.lock

clean: ## Remove what can be made again; data stays
	@infra/setup/clean.sh
