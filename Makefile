# make demo: meet the product.   make test: prove it.   make: list everything.
# Written for GNU make 3.81 (macOS) and later.

.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
FRESH ?=
# the suite is bound by the databases more than by processors: two workers, each with a database of its own
WORKERS ?= 2
PIP := $(PY) -m pip --disable-pip-version-check --no-input

.PHONY: help install demo test check e2e bench evaluate faults lint fmt pins clean

help: ## List these commands
	@grep -E '^[a-z0-9]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.run ## Make .venv with the pinned libraries the product runs with

demo: install ## Meet the product on this machine (FRESH=1 starts anew)
	@sh deploy/bin/npm.sh playground || true
	@$(PY) -m bot demo $(if $(FRESH),--fresh)

test: $(VENV)/.dev ## Run the whole test suite, on SQLite and PostgreSQL
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

check: lint ## Lint, types, import rules, and the partnership folder
	$(PY) -m bot check

lint: $(VENV)/.dev ## Lint, types, import rules and deployment files only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	@sh deploy/bin/lint.sh $(VENV)/bin

e2e: $(VENV)/.dev ## Drive the local Teams client in a browser (needs Node and Chromium)
	@sh deploy/bin/npm.sh playground
	$(PY) -m pytest tests/e2e

bench: $(VENV)/.dev ## Measure speed against bare baselines, in one run
	$(PY) -m benchmarks

evaluate: $(VENV)/.dev ## Score answers on the development questions, beside the baselines
	$(PY) -m evaluation.score --cli

faults: $(VENV)/.dev ## Kill, throttle and break deliveries, and count what was lost or doubled
	$(PY) -m pytest -m faults tests/faults -s

fmt: $(VENV)/.dev ## Format the code
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

pins: $(VENV)/.dev ## Pin with hashes what the ranges ask for (UPGRADE=1 takes newer versions)
	sh deploy/bin/pins.sh $(VENV)/bin $(if $(UPGRADE),--upgrade)

clean: ## Remove everything these commands made, the demo's data too
	rm -rf $(VENV) var test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last: a broken install is repeated, a good one costs a moment.
$(VENV)/.made: deploy/bin/venv.sh
	@sh deploy/bin/venv.sh $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt
	@echo "Installing the pinned libraries (once; a minute or two) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing the test tools (once) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@
