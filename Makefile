# Every verb a developer needs; CI calls the same ones.
PYTHON ?= python3
WORKERS ?= 3
CORPORA ?= ../shared/corpora
BIN := .venv/bin

.PHONY: setup test endurance quality check format elasticsearch serve demo lock openapi benchmark

# the lock names every package, so nothing is resolved; what is imported is compiled then
.venv/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.13" if sys.version_info < (3, 11) else 0)'
	@echo "making .venv: half a minute, more where packages must be fetched"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

setup: .venv/ready  ## make the project's own environment

# a third of all tests' time is waiting for faults to pass: three at once keep two cores busy
test: setup  ## everything that runs here; says what it skipped and why
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

endurance: setup  ## the fault tests in their long versions, hours; writes docs/RESILIENCE.md
	DATELINE_ENDURANCE=1 DATELINE_TEST_REQUIRE_ELASTICSEARCH=1 $(BIN)/python -m pytest -m promise

quality: setup  ## every stage measured on the corpora, beside its floor; QUALITY='--only dates' for one
	PYTHONPATH=tests $(BIN)/python -m quality.table $(CORPORA) --json .quality.json $(QUALITY)

check: setup  ## format, lint, types, walls
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

elasticsearch:  ## a real server on this machine, for tests and for a first try
	$(PYTHON) tools/elasticsearch start

serve: setup  ## the API on the archive that the environment names
	$(BIN)/dateline serve

demo: .venv/ready  ## the samples, searchable in a minute: no server, no internet once set up
	$(BIN)/dateline demo

openapi: setup  ## write openapi.json anew
	$(BIN)/python -m tools.openapi

lock:  ## resolve the hashed requirement files anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
