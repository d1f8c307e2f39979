# Two commands: `make chat` to use Newsdesk, `make test` to check it. Both set up .venv first.

BIN := .venv/bin
# The first Python on the PATH that is new enough; scripts/install.py says so if there is none.
PYTHON ?= $(or $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; \
	done),python3)
INSTALL = @command -v $(PYTHON) >/dev/null || { echo "newsdesk: There is no $(PYTHON): install\
 Python 3.11 or newer (apt-get install python3 python3-venv), then run this again." >&2; exit 1; }; \
	$(PYTHON) -m scripts.install

.PHONY: help chat test lint types setup setup-dev lock clean

help:
	@echo "make chat    install Newsdesk, get a model, add articles/, open the chat in a browser"
	@echo "make test    install the tools too, then run linter, type checker and all tests"
	@echo "make lint    only the linter          make types   only the type checker"
	@echo "make lock    write the installed versions to constraints.txt"
	@echo "make clean   remove .venv and what tools left behind (articles and models stay)"

setup:
	$(INSTALL)

setup-dev:
	$(INSTALL) --extra dev

chat: setup
	@$(BIN)/newsdesk chat --add articles/ --open

test: lint types
	$(BIN)/newsdesk models get all-minilm-l6-v2 smollm2-135m
	$(BIN)/python -m pytest

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup-dev
	$(BIN)/mypy

lock: setup-dev
	@{ echo "# Every package in the version that was tested; 'make lock' writes this file."; \
	$(BIN)/pip freeze --all --exclude-editable | grep -v '^pip==' | sed '/^torch==/s/+cpu//'; \
	} > .venv/constraints.txt && mv .venv/constraints.txt constraints.txt

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
