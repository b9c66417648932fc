# `make` alone lists what there is. Nothing here needs a system package besides Python and make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

IN ?= samples
OUT ?= out
VENV ?= .venv
ARGS ?=
GET_PIP ?= https://bootstrap.pypa.io/get-pip.py
SCHEMAS := dataset document

# The Python to make .venv with: the one named, else the first that is new enough.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
ifeq ($(origin PYTHON),undefined)
PYTHON := $(or $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p $(NEW_ENOUGH) 2>/dev/null && { echo $$p; break; }; done),python3)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)

PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.samsyn-$(VERSION)
INSTALLED_DEV := $(VENV)/.samsyn-dev-$(VERSION)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --editable

.PHONY: help setup run test check fmt golden schemas bench clean

help:
	@echo 'usage: make TARGET'
	@echo
	@sed -n 's/^\([a-z]*\):.*## */\1|/p' $(firstword $(MAKEFILE_LIST)) \
	| while IFS='|' read -r name text; do printf '  %-9s %s\n' "$$name" "$$text"; done
	@echo
	@echo 'Another Python: make test PYTHON=python3.13'

setup: $(INSTALLED_DEV) ## make .venv with Samsyn and the tools for working on it

run: $(INSTALLED) ## digest a folder: make run [IN=my-decks] [OUT=result]
	@$(PY) -m pipeline run "$(IN)" -o "$(OUT)"

test: $(INSTALLED_DEV) ## run all tests: make test [ARGS=tests/unit]
	@$(PY) -m pytest $(ARGS)

check: $(INSTALLED_DEV) ## style, types, layers, schemas
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo --no-cache
	@for name in $(SCHEMAS); do \
	  $(PY) -m pipeline schema $$name | diff -u schemas/$$name.schema.json - \
	  || { echo "schemas/$$name.schema.json is out of date: make schemas"; exit 1; }; \
	done
	$(VENV)/bin/check-jsonschema --check-metaschema $(SCHEMAS:%=schemas/%.schema.json)

fmt: $(INSTALLED_DEV) ## format the code and mend what ruff can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

golden: $(INSTALLED_DEV) ## write the expected datasets of samples/ again; look at the diff
	$(PY) -m pytest tests/golden --update-golden $(ARGS)

schemas: $(INSTALLED) ## write schemas/ again from the types
	@for name in $(SCHEMAS); do \
	  $(PY) -m pipeline schema $$name > schemas/$$name.tmp && \
	  mv schemas/$$name.tmp schemas/$$name.schema.json || exit 1; \
	done
	@echo 'written: $(SCHEMAS:%=schemas/%.schema.json)'

bench: $(INSTALLED) ## time a deck of 40 slides: make bench [ARGS="--rounds 9"]
	@$(PY) benchmarks/pipeline.py $(ARGS)

clean: ## remove .venv and caches; results such as out/ stay
	@for venv in .venv .venv-*; do if test -f "$$venv/pyvenv.cfg"; then rm -rf "$$venv"; fi; done
	@rm -rf build dist samsyn.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian parts ensurepip from Python (package python3-venv). Without it, pip comes from the
# Python that makes .venv, from virtualenv, or from the pip project itself, in this order.
$(INSTALLED): pyproject.toml
	@if test -z "$(VERSION)"; then \
	  echo 'samsyn: there is no Python at «$(PYTHON)»' >&2; \
	  echo '  install Python 3.11 or newer (Debian, Ubuntu: sudo apt install python3),' >&2; \
	  echo '  or name one: make run PYTHON=/path/to/python3' >&2; exit 1; \
	fi
	@$(PYTHON) $(NEW_ENOUGH) || { \
	  echo 'samsyn: needs Python 3.11 or newer, $(PYTHON) is $(VERSION)' >&2; \
	  echo '  install a newer one and name it: make run PYTHON=python3.12' >&2; exit 1; \
	}
	@works() { "$(PY)" -c 'import sys, pip; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' \
	    2>/dev/null; }; \
	bare() { rm -rf "$(VENV)"; $(PYTHON) -m venv --without-pip "$(VENV)" 2>/dev/null; }; \
	works && exit 0; \
	if test -e "$(VENV)" && ! test -f "$(VENV)/pyvenv.cfg"; then \
	  echo 'samsyn: «$(VENV)» is there already and is no virtual environment' >&2; \
	  echo '  move it away, or name another place: make run VENV=.venv-samsyn' >&2; exit 1; \
	fi; \
	echo 'Making $(VENV) with Python $(VERSION) and installing Samsyn (once, about a minute) …' >&2; \
	rm -rf "$(VENV)"; $(PYTHON) -m venv "$(VENV)" >/dev/null 2>&1; works && exit 0; \
	bare && $(PYTHON) -m pip --python "$(PY)" install --quiet pip >/dev/null 2>&1; works && exit 0; \
	rm -rf "$(VENV)"; $(PYTHON) -m virtualenv --quiet "$(VENV)" >/dev/null 2>&1; works && exit 0; \
	bare && $(PYTHON) -c 'import sys, urllib.request as r; \
	sys.stdout.buffer.write(r.urlopen("$(GET_PIP)", timeout=60).read())' 2>/dev/null \
	  > "$(VENV)/get-pip.py" && "$(PY)" "$(VENV)/get-pip.py" --quiet >/dev/null 2>&1; \
	works && exit 0; \
	rm -rf "$(VENV)"; \
	echo 'samsyn: $(PYTHON) ($(VERSION)) cannot make a virtual environment with pip' >&2; \
	echo '  Debian, Ubuntu: sudo apt install python3-venv (or python$(VERSION)-venv)' >&2; \
	echo '  Fedora: sudo dnf install python3-pip; elsewhere: install Python from python.org' >&2; exit 1
	@$(PIP) . >"$(VENV)/pip.log" 2>&1 || { \
	  cat "$(VENV)/pip.log" >&2; \
	  echo 'samsyn: the packages that Samsyn needs could not be installed (see above)' >&2; \
	  echo '  check the network connection, then give the same command again' >&2; exit 1; \
	}
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo 'Installing the tools for tests and checks (once) …' >&2
	@$(PIP) '.[dev]' >"$(VENV)/pip.log" 2>&1 || { \
	  cat "$(VENV)/pip.log" >&2; \
	  echo 'samsyn: the tools for tests could not be installed (see above)' >&2; \
	  echo '  check the network connection, then give the same command again' >&2; exit 1; \
	}
	@touch $@
