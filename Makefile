# Griot's few commands. 'make help' says what each does.

# Where the recipes of 'make train' find their data, and where the gazetteer's public sources were gathered (lab/src/gazetteer/fetch.sh).
DATA ?= ../shared/data
PLACES ?= target/gazetteer-sources
# Where the teacher lies and what it labelled (lab/teacher/README.md).
TEACHER ?= target/teacher

# How many made reports 'make bench-archive' codes: 5,300 are some 10 MB.
REPORTS ?= 5300

.PHONY: help demo record test bench-archive teacher train train-language

help:
	@echo "make demo   build Griot, read two demonstration reports, and ask a record of ninety (no workbench in this version: tables on the terminal)"
	@echo "make record build the record of ninety reports on the Sahel alone: target/sahel.griot"
	@echo "make test   formatting, lints as errors, all tests"
	@echo "make bench-archive code made reports with one thread and with two, and say where the time goes (REPORTS=$(REPORTS))"
	@echo "make teacher train the teacher and label text with it, see lab/teacher/README.md (DATA=$(DATA) TEACHER=$(TEACHER))"
	@echo "make train  make the files of models/ anew: language model, dictionaries, codebook, gazetteer (DATA=$(DATA) PLACES=$(PLACES))"

demo:
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
	@echo "This version has no workbench yet: 'griot serve' will be it. Try your own report: target/release/griot read FILE --date YYYY-MM-DD"

record:
	cargo build --release -p griot
	@rm -f target/sahel.griot target/sahel.griot-wal target/sahel.griot-shm
	@target/release/griot add target/sahel.griot examples/sahel | tail -n 1

test:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace

bench-archive:
	cargo build --release -p griot -p griot-lab
	target/release/griot-lab generate-reports target/archive.jsonl --reports $(REPORTS)
	target/release/griot-lab bench-archive target/archive.jsonl

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
