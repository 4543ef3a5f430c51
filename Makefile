# make run     serve the dashboard on http://127.0.0.1:8501, with the samples on a first start
# make test    everything that must hold before a change is accepted
# make lock    compile requirements*.in into requirements*.txt, with hashes (needs uv)
# make wheelhouse  download what it runs on into build/wheelhouse, for a machine without internet (deploy/README.md)
# make samples add the sample returns, places, rectification ledger and scheme of assessment to the database; what it has already is left as it is
# make backup  copy database, originals and journal into data/backups/, and check the copy; beside the running server too
# make restore put a backup back: make restore FROM=2024-12-31_020000, first with DRY=--dry-run; the server stopped
# make soak    a thousand spoilt workbooks through the loaders; fifty kills during acceptance, backup and migration, fifty races,
#              cut logs, a bit turned over in every page, a disk that runs full, long random histories;
#              the rules against their second implementations on ten times as many generated cases, new ones each time
# make bench   measure the claims on speed and scale
# make clean   remove what the other targets made, except the database

PYTHON = python3
BIN = .venv/bin
DATABASE = data/monitor.duckdb
# The part of the code, in per cent of lines and branches, that the tests must reach.
COVERAGE = 98
# For another machine than this one: WHEELS="--python-version 3.11 --platform manylinux_2_28_aarch64 --platform manylinux_2_17_aarch64"
WHEELS =
# Extras stay in the lock: pip 23 does not hold `coverage[toml]`, which pytest-cov asks for, to the pin of `coverage`, and
# took the next release of it, without a hash, on the day it came out.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --custom-compile-command 'make lock'
LOAD_SAMPLES = $(BIN)/python -m loaders accept data/samples/2024/* data/samples/ledgers/* --database $(DATABASE) \
	--confirm-suggestions --reason "示例数据" && \
	$(BIN)/python -m loaders places data/samples/places.csv --database $(DATABASE) && \
	$(BIN)/python -m loaders rectification data/samples/rectification.csv --database $(DATABASE) && \
	$(BIN)/python -m loaders scheme data/samples/scheme.csv --database $(DATABASE)

SOAKED = $(addprefix tests/storage/test_,crashes.py races.py damage.py disk_full.py states_of_returns.py)

.PHONY: run test lock wheelhouse samples backup restore soak bench clean
.DELETE_ON_ERROR:

run: .venv/installed $(DATABASE)
	MONITOR_DATABASE=$(DATABASE) $(BIN)/streamlit run server.py --server.address 127.0.0.1 --server.port 8501

test: .venv/installed-dev
	$(BIN)/ruff check .
	CHROMIUM=$$(scripts/find_chromium.sh) && export CHROMIUM && \
		NGINX=$$(scripts/find_nginx.sh || true) && export NGINX && \
		$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-fail-under=$(COVERAGE)

lock:
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

wheelhouse: $(BIN)/python
	$(BIN)/python -m pip download --progress-bar off --require-hashes --only-binary :all: $(WHEELS) \
		-r requirements.txt -d build/wheelhouse

samples: .venv/installed
	$(LOAD_SAMPLES)

backup: .venv/installed
	$(BIN)/python -m storage backup --database $(DATABASE)

restore: .venv/installed
	$(BIN)/python -m storage restore $(FROM) $(DRY) --database $(DATABASE)

soak: .venv/installed-dev
	MUTATIONS=1000 $(BIN)/pytest -q tests/loaders/test_mutations.py
	KILLS=50 RACES=50 CUTS=400 FLIPS=all FULL_STEPS=90 STATES=300 $(BIN)/pytest -q -s $(SOAKED) tests/soak
	EXAMPLES=10 HYPOTHESIS_PROFILE=explore $(BIN)/pytest -q tests/domain tests/storage/test_states.py tests/storage/test_promise_queries.py

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
