# Every target installs what it needs into .venv by itself.

PYTHON ?= python3
PORT ?= 8000
TENSORFLOW := $(if $(shell nvidia-smi -L 2>/dev/null),gpu,cpu)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --disable-pip-version-check --constraint constraints.txt
HTML := build/_build/html

.PHONY: read book lab test bench experiments normalize vendor clean browsers

read: book
	@echo
	@echo "The book: http://127.0.0.1:$(PORT)/    (Ctrl+C stops)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(HTML) $(PORT)

book: $(VENV)/book
	$(BIN)/jupyter-book build book --config _config.yml --toc $(CURDIR)/_toc.yml --path-output build -W --keep-going -n

lab: $(VENV)/book
	$(BIN)/jupyter lab --notebook-dir book

test: $(VENV)/test browsers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/python book/_tools/normalize.py --check
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests
	$(BIN)/pytest -n 2 --dist loadfile --nbval --nbval-current-env --nbval-cell-timeout=60 book

bench: $(VENV)/bench browsers
	$(BIN)/python -m bench

experiments: $(VENV)/book
	rm -f cnnlib/experiments/results/*.jsonl # after an interruption `python -m cnnlib experiment` goes on
	$(BIN)/python -m cnnlib experiment

normalize: $(VENV)/book
	$(BIN)/python book/_tools/normalize.py

vendor: $(VENV)/book
	$(BIN)/python book/_tools/refresh_vendor.py

clean:
	rm -rf build .pytest_cache .ruff_cache .hypothesis

browsers: $(VENV)/test
	$(BIN)/python tests/support/browsers.py

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; assert (3, 11) <= sys.version_info[:2] <= (3, 13), 'Python 3.11 to 3.13 is needed'"
	$(PYTHON) -m venv $(VENV)

$(VENV)/book: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[$(TENSORFLOW),book]'
	@touch $@

$(VENV)/test: $(VENV)/book
	$(PIP) --editable '.[$(TENSORFLOW),book,test]'
	@touch $@

$(VENV)/bench: $(VENV)/test
	$(PIP) --editable '.[$(TENSORFLOW),book,test,bench]'
	@touch $@
