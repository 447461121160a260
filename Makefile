# `make demo` and `make test` each set up everything they need, from nothing, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check lint types layers tests golden bench corpora accuracy calibrate lock picture notebooks historian bench-page bench-report clean

demo: $(VENV)/.installed
	$(BIN)/dipgraph demo --into demo-output

test: check tests

check: lint types layers

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --cov=dipgraph --cov-report=term:skip-covered

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/run.py

# How well texts of others are read; wants ../shared/reference. Writes docs/accuracy.md.
corpora: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/corpora.py

# Refresh the versions that CI installs, after changing dependencies in pyproject.toml.
lock: $(VENV)/.installed-dev
	$(BIN)/pip freeze --exclude-editable | grep -v '^dipgraph' > constraints.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable .
	touch $@

# Tests run on the versions of constraints.txt, so that they say the same everywhere.
$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) demo-output dist build

# What the README quotes of the demo's output.
golden: $(VENV)/.installed-dev
	$(BIN)/python docs/regenerate.py

# The pictures of the README, from the demo's page and report; wants Debian's Chromium.
picture: $(VENV)/.installed-dev
	$(BIN)/dipgraph demo --into demo-output
	$(BIN)/dipgraph report demo-output/kg -o demo-output/report.html --title "Fourteen articles"
	$(BIN)/python docs/picture.py demo-output docs

# The tables of docs/accuracy.md and README.md, and what reports say of accuracy (data/accuracy.json).
accuracy: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/articles.py
	$(BIN)/python benchmarks/corpora.py

# The notebooks, run, with their outputs as they ran; wants Debian's Chromium. After every change of the reading.
notebooks: $(VENV)/.installed-dev
	$(BIN)/python docs/notebooks.py

# Confidence: how often each construction is right in the development articles. After every change of the reading.
calibrate: $(VENV)/.installed-dev
	$(BIN)/dipgraph evaluate tests/gold/dev $(wildcard ../shared/gold/dev) --calibrate data/confidence.csv

# Visits to and from Washington, 1866-2025, as a graph, its page and the picture of it; from the tables in ../shared.
historian: $(VENV)/.installed-dev
	$(BIN)/python docs/historian.py historian-output
	$(BIN)/python docs/picture.py historian-output docs

# How soon the page can be used, against pyvis as it comes.
bench-page: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/page.py

# How long a report takes and how large it is, against reading the facts.
bench-report: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/report.py
