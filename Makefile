# make run     serve the dashboard on http://127.0.0.1:8501, with the samples on a first start
# make test    everything that must hold before a change is accepted
# make lock    compile requirements*.in into requirements*.txt, with hashes (needs uv)
# make samples add the sample returns and places to the database; what it has already is left as it is
# make backup  copy database, originals and journal into data/backups/, and check the copy; beside the running server too
# make restore put a backup back: make restore FROM=2024-12-31_020000, first with DRY=--dry-run; the server stopped
# make soak    a thousand spoilt workbooks through the loaders; fifty kills during acceptance, backup and migration
# make bench   measure the claims on speed and scale
# make clean   remove what the other targets made, except the database

PYTHON = python3
BIN = .venv/bin
DATABASE = data/monitor.duckdb
# The part of the code, in per cent of lines and branches, that the tests must reach.
COVERAGE = 98
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'
LOAD_SAMPLES = $(BIN)/python -m loaders accept data/samples/2024/* data/samples/ledgers/* --database $(DATABASE) \
	--confirm-suggestions --reason "示例数据" && \
	$(BIN)/python -m loaders places data/samples/places.csv --database $(DATABASE)

.PHONY: run test lock samples backup restore soak bench clean
.DELETE_ON_ERROR:

run: .venv/installed $(DATABASE)
	MONITOR_DATABASE=$(DATABASE) $(BIN)/streamlit run server.py --server.address 127.0.0.1 --server.port 8501

test: .venv/installed-dev
	$(BIN)/ruff check .
	CHROMIUM=$$(scripts/find_chromium.sh) && export CHROMIUM && \
		$(BIN)/pytest -n 2 --cov --cov-fail-under=$(COVERAGE)

lock:
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

samples: .venv/installed
	$(LOAD_SAMPLES)

backup: .venv/installed
	$(BIN)/python -m storage backup --database $(DATABASE)

restore: .venv/installed
	$(BIN)/python -m storage restore $(FROM) $(DRY) --database $(DATABASE)

soak: .venv/installed-dev
	MUTATIONS=1000 $(BIN)/pytest -q tests/loaders/test_mutations.py
	KILLS=50 $(BIN)/pytest -q tests/storage/test_crashes.py tests/soak

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage htmlcov build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DATABASE): | .venv/installed
	$(LOAD_SAMPLES)

$(BIN)/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --progress-bar off --require-hashes -r requirements.txt
	touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --progress-bar off --require-hashes -r requirements-dev.txt
	touch $@
