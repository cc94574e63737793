# `make` alone lists the targets. Everything may be repeated at once and is quick the second time.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
DEMO_HOUSE := DEMO=1 DATA_DIR=$(CURDIR)/var/demo SITE_URL=http://127.0.0.1:$(PORT)
THANTHIEN := $(DEMO_HOUSE) $(BIN)/thanthien

help:  ## lists the targets
	@sed 's/[$$](PORT)/$(PORT)/' $(MAKEFILE_LIST) | awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}'

setup:  ## builds .venv from the lock file, the assets and the message catalogues
	@$(PYTHON) tools/setup.py

demo: setup  ## creates a demonstration commune and serves it on http://127.0.0.1:$(PORT)
	@$(THANTHIEN) migrate --verbosity 0
	@$(THANTHIEN) demo
	@exec env $(THANTHIEN) serve --port $(PORT)

test: setup  ## the whole suite: SQLite, a real PostgreSQL, a real browser
	@$(PYTHON) tools/setup.py browser
	@$(BIN)/python tools/test.py

check: setup  ## form, types, layers, migrations, messages, sizes
	@$(PYTHON) tools/setup.py gettext
	@$(BIN)/python tools/check.py

journeys: setup  ## the stories in the browser alone
	@$(PYTHON) tools/setup.py browser
	@$(BIN)/python tools/test.py --only browser

hardening: setup  ## the long reliability tests (docs/reliability.md)
	@$(PYTHON) tools/setup.py browser
	@$(BIN)/python tools/test.py --only hardening

messages: setup  ## collects the strings of the code into locale/en
	@$(PYTHON) tools/setup.py gettext
	@$(BIN)/python tools/messages.py write

docs: setup  ## writes the pages of docs/ that come from the code, and the screenshots of the guides
	@$(PYTHON) tools/setup.py browser paper
	@$(BIN)/python tools/docs.py

bench: setup  ## measures receiving, stepping, the work list and the look-up on both databases (docs/performance.md)
	@for operation in receive step inbox portal; do \
	    DEMO=1 $(BIN)/python tools/postgres.py --durable $(BIN)/thanthien bench $$operation || exit 1; done

.PHONY: help setup demo test check journeys hardening messages docs bench
.DEFAULT_GOAL := help
