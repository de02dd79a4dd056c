.DEFAULT_GOAL := help
bin := .test/venv/bin

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12
dev:  ## Build the test environment
	python3 scripts/test.py --collect-only -qq
test:  ## Quick tests, from the installed wheel
	python3 scripts/test.py
slow:  ## Slow tests
	python3 scripts/test.py -m slow
corpus:  ## Tests on the shared corpus
	python3 scripts/test.py -m corpus
lint:  ## Lint, types, layer contracts
	$(bin)/ruff check . && $(bin)/ruff format --check . && $(bin)/mypy && $(bin)/lint-imports --no-cache
format:  ## Format the code
	$(bin)/ruff format . && $(bin)/ruff check --fix .
docs:  ## Write the reference pages and the catalogue
	$(bin)/python scripts/words.py update && $(bin)/python scripts/words.py compile && $(bin)/python scripts/docs.py write
docs-check:  ## Check that they have not drifted
	$(bin)/python scripts/words.py check && $(bin)/python scripts/docs.py check
release-check:  ## Check that no reviewed fact is older than 180 days
	$(bin)/python scripts/release.py
ci:  ## Everything a landing must pass
	bash .ci/run

.PHONY: help dev test slow corpus lint format docs docs-check release-check ci
