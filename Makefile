# make run      set up and start Reelroom     make test   set up and run the tests
# make install  set up alone                  make check  ruff, mypy, import-linter
# make soak     the long kill tests           make bench  every benchmark
# make fuzz     20,000 inputs to each parser that strangers reach
# make audit    look installed packages up in the database of known holes
# make pocket   train the bundled model anew in .pocket: resumes after a stop, exports, scores
#
# TORCH_INDEX names another index for torch: `make run TORCH_INDEX=https://download.pytorch.org/whl/cpu`
# takes the build for machines without a GPU, which is much smaller.

PYTHON ?= python3
TORCH_INDEX ?=
# What to train it with: `make pocket TRAIN="--steps 200"`.
TRAIN ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run install test check audit fuzz soak bench pocket clean

run: $(VENV)/.installed
	$(BIN)/reelroom run

install: $(VENV)/.installed

test: $(VENV)/.installed-dev
	$(BIN)/python tests/browser/get_chromium.py
	$(BIN)/python -m pytest $(PYTEST)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# In an environment of its own, so that what it needs is not part of what it looks at.
audit: $(VENV)/.installed
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install -q --disable-pip-version-check 'pip-audit>=2.10,<3'
	$(VENV)/audit/bin/pip-audit --strict --skip-editable --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

fuzz: $(VENV)/.installed-dev
	REELROOM_FUZZ=20000 $(BIN)/python -m pytest tests/fuzz -v

soak: $(VENV)/.installed-dev
	REELROOM_KILLS=200 $(BIN)/python -m pytest tests/whole/test_kills.py -v

bench: $(VENV)/.installed-dev
	for each in queue tree loop director checks engine fit sound remote provenance pocket liveness nudity; do $(BIN)/python -m bench.$$each || exit 1; done

pocket: $(VENV)/.installed-dev
	$(BIN)/python -m engine.pocket.train --out .pocket $(TRAIN)
	$(BIN)/python -m bench.pocket --weights .pocket/weights --aside

clean:
	rm -rf $(VENV)

# torch first, and alone when another index is named: the rest comes from the usual one.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reelroom needs Python 3.11 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
