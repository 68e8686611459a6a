# Happiness Homes. `make run` starts it, `make test` tests it; each does its own set-up.
# Host and port are Streamlit's own settings, e.g. STREAMLIT_SERVER_PORT=8502 make run

BIN := .venv/bin
DATA = $${HAPPINESS_DATA:-data}
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
INSTALL := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check -r
PIN = $(BIN)/pip-compile --quiet --upgrade --strip-extras --annotation-style line \
	--no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: run test check bench upgrade clean

run: .venv/installed
	@test -f "$(DATA)/happiness.db" || $(BIN)/python -m db demo
	@exec $(BIN)/python -m streamlit run app.py

test: .venv/tested check
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/tested
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m bench $(ARGS)

upgrade: .venv/tested
	$(PIN) --output-file requirements.txt requirements.in
	$(PIN) --output-file tests/requirements.txt tests/requirements.in
	@echo "The pins have moved: read the difference, then run make test."

clean:
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache bench/data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "Happiness Homes needs Python 3.11 or newer: install it, or name one: make run PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Installing what requirements.txt names (once)"
	@$(PYTHON) -m venv .venv
	@$(INSTALL) requirements.txt
	@touch $@

.venv/tested: .venv/installed tests/requirements.txt
	@echo "Installing what tests/requirements.txt names (once)"
	@$(INSTALL) tests/requirements.txt
	@touch $@
