# Needs Python ≥ 3.11 with venv, and make. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Without whole servers, load, browser and the many cases (tests/conftest.py), and without collecting them.
QUICK := -m "not slow and not browser and not thorough" --ignore tests/proof --ignore tests/chaos --ignore tests/browser -p no:schemathesis
# For those who bring their own index or mirror, pip's own environment variables count.

.PHONY: help demo demo-reset serve test test-fast test-browser storm lint types format bench pictures schema lock

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/run: requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev: requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch .venv/run $@

demo: .venv/run  ## the whole bundle with demonstration data at http://127.0.0.1:8000 (PORT= to change)
	@PORT=$(PORT) $(BIN)/python -m incubator demo

demo-reset: .venv/run  ## the demonstration from the start
	@PORT=$(PORT) $(BIN)/python -m incubator demo --reset

serve: .venv/run  ## the service alone, with an embedded database
	@PORT=$(PORT) $(BIN)/python -m incubator serve

test: .venv/dev  ## the whole suite, or every case of a part: ONLY=tests/bookings
	$(BIN)/python -m pytest -n 2 $(ONLY)

# What is compiled and what pytest makes of asserts is kept for the next time, whatever the shell says.
test-fast: export PYTHONDONTWRITEBYTECODE =
test-fast: .venv/dev  ## rules with every case, all else with one: about a minute
	$(BIN)/python -m pytest -n 2 --dist loadfile $(QUICK)

test-browser: .venv/dev  ## every page and the ways to book in a real Chromium
	$(BIN)/python -m pytest -n 2 tests/browser

storm: .venv/dev  ## thousands of bookings with payments while servers and workers are killed: minutes
	CHAOS_SCALE=1 $(BIN)/python -m pytest -n 0 -s tests/chaos

lint: .venv/dev  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev  ## strict mypy
	$(BIN)/mypy

format: .venv/dev  ## put the code in shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

bench: .venv/dev  ## the benchmark: a table, and JSON in bench/results
	$(BIN)/python -m bench

pictures: .venv/dev  ## pictures of every page in screenshots/, at 1280 and 360 px, Polish and English
	$(BIN)/python -m tests.browser.pictures $(ONLY)

schema: .venv/dev  ## write the contracts in schemas/
	$(BIN)/python -m incubator schema

lock: .venv/dev  ## pin the dependencies of pyproject.toml anew, with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-find-links --no-emit-index-url pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-find-links --no-emit-index-url pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
