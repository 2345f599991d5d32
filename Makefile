# Every target installs what it needs into .venv by itself.

PYTHON ?= python3
PORT ?= 8000
COPY ?= student# or teacher: with the solutions
NO_NEWS := --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate
TENSORFLOW := $(if $(shell nvidia-smi -L 2>/dev/null),gpu,cpu)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --requirement
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11.5 \
	--generate-hashes --no-annotate --custom-compile-command 'make lock'
HTML := build/_build/html
RUNS := cnnlib/experiments/results

.PHONY: read book lab test units bench experiments normalize chapter lock vendor clean browsers

read: book
	@echo
	@echo "The book: http://127.0.0.1:$(PORT)/    (Ctrl+C stops)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(HTML) $(PORT)

book: $(VENV)/book
	$(BIN)/jupyter-book build book --config _config.yml --toc $(CURDIR)/_toc.yml --path-output build -W --keep-going -n

lab: book
	$(BIN)/python book/_tools/hand_out.py $(HTML)/notebooks/$(COPY) notebooks/$(COPY)
	cd notebooks/$(COPY) && $(CURDIR)/$(BIN)/jupyter lab index.ipynb $(NO_NEWS)

test: $(VENV)/test browsers
	$(BIN)/python tests/support/suite.py

units: $(VENV)/test
	$(BIN)/python tests/support/suite.py units

bench: $(VENV)/bench browsers
	$(BIN)/python -m bench

experiments: $(VENV)/book
# What a graphics card measured stays. After an interruption `python -m cnnlib experiment` goes on.
	rm -f $(filter-out $(RUNS)/card_%,$(wildcard $(RUNS)/*.jsonl))
	$(BIN)/python -m cnnlib experiment

normalize: $(VENV)/book
	$(BIN)/python book/_tools/normalize.py

lock: $(VENV)/test
	$(LOCK) --extra cpu --extra book --output-file locks/cpu.txt
	$(LOCK) --extra gpu --extra book --constraint locks/cpu.txt --output-file locks/gpu.txt
	$(LOCK) --extra test --constraint locks/cpu.txt --output-file locks/test.txt
	$(LOCK) --extra bench --constraint locks/cpu.txt --constraint locks/test.txt --output-file locks/bench.txt

chapter: $(VENV)/book
	$(BIN)/python book/_tools/new_chapter.py "$(NAME)"

vendor: $(VENV)/book
	$(BIN)/python book/_tools/refresh_vendor.py

clean:
	rm -rf build .pytest_cache .ruff_cache .hypothesis

browsers: $(VENV)/test
	$(BIN)/python tests/support/browsers.py

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; assert (3, 11, 5) <= sys.version_info < (3, 14), 'Python 3.11.5 to 3.13 is needed'"
	$(PYTHON) -m venv $(VENV)

$(VENV)/book: $(VENV)/bin/python pyproject.toml locks/$(TENSORFLOW).txt
	$(LOCKED) locks/$(TENSORFLOW).txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/book locks/test.txt
	$(LOCKED) locks/test.txt
	@touch $@

$(VENV)/bench: $(VENV)/test locks/bench.txt
	$(LOCKED) locks/bench.txt
	@touch $@
