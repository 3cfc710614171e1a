# The manual of this repository: `make help`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= data
READY  := $(VENV)/.ready
SYSTEM := $(VENV)/.system

.DEFAULT_GOAL := help
.PHONY: help demo serve test check bench soak setup lock format requirements clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## Record four simulated cameras and print where to look
	$(BIN)/vms demo --data $(DATA)

serve: $(READY) ## Run the product on ./data (DATA=dir)
	$(BIN)/vms serve --data $(DATA)

test: $(READY) $(SYSTEM) ## Run every test (under ten minutes)
	$(BIN)/python -m pytest

check: $(READY) ## Format, lint, types, floor plan, unit tests (under a minute)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -m "not sockets and not system" --durations=5

bench: $(READY) $(SYSTEM) ## Measure against named peers: a table, and tests/bench/results.json
	$(BIN)/python -m tests.bench

soak: $(READY) $(SYSTEM) ## Long runs: hundreds of kills, hours of recording
	$(BIN)/python -m pytest --import-mode=importlib -o addopts= -o timeout=0 tests/soak -s

requirements: $(READY) ## Which test proves which clause
	$(BIN)/python -m pytest --collect-only -q -p tests.requirements_table --requirements

setup: $(READY) $(SYSTEM) ## Only install what is needed

format: $(READY) ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## Pin all dependencies anew, with hashes (needs uv)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --extra dev -o constraints.txt pyproject.toml

clean: ## Remove the environment; keeps ./data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Nazar needs Python 3.11 or newer: apt-get install python3 python3-venv, or set PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(SYSTEM): deploy/system-packages.sh
	@mkdir -p $(VENV)
	bash deploy/system-packages.sh
	@touch $@
