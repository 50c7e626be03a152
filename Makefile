# Every target does its own set-up: a machine with Python 3.11+, make and a network to PyPI is enough.
PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test bench quality format lock clean

help: ## Liste les cibles
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Levier demande Python 3.11 ou plus récent ; précisez PYTHON=…" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime ## Installe, charge le cas Lens-Liévin et ouvre http://127.0.0.1:8000 (PORT=… pour changer)
	$(BIN)/levier demo --port $(PORT)

test: $(VENV)/.dev ## Installe ce que les tests demandent et les lance tous
	$(BIN)/python -m pytest $(ARGS)

bench: $(VENV)/.dev ## Mesure les temps et les affiche
	$(BIN)/python -m bench

quality: $(VENV)/.dev ## Format, analyse statique, types, couches, migrations, verrou
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/levier manage makemigrations --check --dry-run
	$(BIN)/python -m pip check

format: $(VENV)/.dev ## Met le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Recalcule les verrous de dépendances (sans nom d'index)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Retire l'environnement et les caches (jamais les données)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
