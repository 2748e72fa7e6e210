# Griot's few commands. 'make help' says what each does.

# Where the recipes of 'make train' find their data, and where the gazetteer's public sources were gathered (lab/src/gazetteer/fetch.sh).
DATA ?= ../shared/data
PLACES ?= target/gazetteer-sources

.PHONY: help demo test train

help:
	@echo "make demo   build Griot and read the two demonstration reports (no workbench in this version: the table is on the terminal)"
	@echo "make test   formatting, lints as errors, all tests"
	@echo "make train  make the files of models/ anew: language model, dictionaries, codebook, gazetteer (DATA=$(DATA) PLACES=$(PLACES))"

demo:
	cargo build --release -p griot
	@echo
	@target/release/griot read tests/reports/demo
	@echo "This version has no workbench yet: 'griot serve' will be it. Try your own report: target/release/griot read FILE --date YYYY-MM-DD"

test:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace

train:
	cargo run --release -p griot-lab -- train-language $(DATA) models/language.bin
	cargo run --release -p griot-lab -- compile-dictionary
	cargo run --release -p griot-lab -- compile-codebook
	test -d $(PLACES) || lab/src/gazetteer/fetch.sh $(PLACES)
	cargo run --release -p griot-lab -- gazetteer $(PLACES) $(DATA)/places models/gazetteer.bin
