# `make` says what there is. Only Python 3.11 or newer and make are needed; the rest makes itself.
PYTHON ?= python3
BIN := .venv/bin
TEST_WORKERS ?= 3
PYTEST := $(BIN)/python -m pytest -p tests.run_summary -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder --durations=12

.DEFAULT_GOAL := help
.PHONY: help run test test-peers check bench format lock prepare

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run:  ## set everything up and start the command centre (PORT=8050, DEMO=1, DATABASE_URL, ORGANISATION)
	@$(PYTHON) manage.py run

test: prepare  ## set everything up, run every check and every test
	@$(MAKE) --no-print-directory check
	@$(PYTEST) tests

PEERS := ffmpeg python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-tools gstreamer1.0-plugins-base \
	gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly slapd dovecot-imapd

test-peers: prepare  ## try it on servers, clients and recorded replies that are not ours; as root it installs them (Debian)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
			apt-get install -qq -y --no-install-recommends $(PEERS) >/dev/null; \
	fi
	@$(BIN)/python tests/peers/prepare_peers.py
	@$(PYTEST) tests/peers tests/connectors/cameras

check: prepare  ## ruff, mypy --strict and the import contracts: under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: prepare  ## repeatable measurements; never part of the tests
	@for measurement in benchmarks/[a-z]*.py; do \
		[ -e "$$measurement" ] || { echo "no benchmark yet"; continue; }; \
		echo "== $$measurement"; $(BIN)/python "$$measurement" || exit 1; \
	done

format:  ## lay the code out as `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

prepare:
	@$(PYTHON) manage.py prepare

lock:  ## write requirements*.txt again from requirements*.in
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv==0.13.9
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		requirements.in -o requirements.txt
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		requirements-dev.in -c requirements.txt -o requirements-dev.txt
	# ipycam asks for OpenCV to draw pictures; its ONVIF service, all that is used of it, does without. numpy is there.
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--override requirements-peers-overrides.in --no-emit-package opencv-python --no-emit-package numpy \
		requirements-peers.in -c requirements-dev.txt -o requirements-peers.txt
