# The commands of a checkout. Each sets up what it needs: Debian packages from one list, a venv from the lock.
.PHONY: setup setup-test run test test-long lint bench lock pictures
PYTHON = .venv/bin/python

setup:
	@sh provisioning/setup.sh run

setup-test:
	@sh provisioning/setup.sh test

run: setup
	@.venv/bin/prodesaku run --virtual

# The rooms side by side on two cores; then, one after the other, what needs the whole house to itself.
test: setup-test
	@$(PYTHON) -m pytest -m "not long" -n 2 --dist loadfile --ignore tests/rehearsal --ignore tests/faults
	@$(PYTHON) -m pytest -m "not long" tests/rehearsal tests/faults

test-long: setup-test
	@$(PYTHON) -m pytest -m long --timeout=3600

lint: setup-test
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/lint-imports && .venv/bin/pyright

bench: setup-test
	@$(PYTHON) -m tests.bench

# After a change of dependencies in pyproject.toml (needs uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --all-extras pyproject.toml -o requirements.lock

# The README's pictures, from a played journey and the gallery.
pictures: setup
	@$(PYTHON) docs/pictures
