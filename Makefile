# Everything a developer or a machine does with Cairn. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# Steps share one target folder and one lock, so they run one after another whatever -j says.
.NOTPARALLEL:
.PHONY: help setup setup-test build run test e2e bench audit fuzz bundle bindings screenshot icons fmt lint

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## install what a build needs, where it is missing
	@scripts/setup build

setup-test:
	@scripts/setup test

build: setup ## build the window and the program into target/release/cairn
	@scripts/build

run: build ## open the window; without a display, run the sample learner through everything instead
	@scripts/run

test: setup-test ## every test, cheap ones first
	@scripts/test

e2e: setup-test ## only the journeys through the real window: make e2e [ONLY=name]
	@scripts/build
	@scripts/e2e $(ONLY)

bench: setup-test build ## measure what the product promises about speed
	@scripts/bench

audit: ## licences and duplicate crates, without the network
	@scripts/audit

fuzz: ## random bytes against everything that reads what others send: make fuzz [FOR=60]
	@scripts/fuzz $(or $(FOR),60)

bundle: build ## a .deb and an .rpm under target/release/bundle
	@scripts/bundle

bindings: ## write the TypeScript form of Rust's types to ui/src/lib/bindings
	@scripts/bindings write

screenshot: ## take README's picture from the real window
	@scripts/build
	@scripts/e2e documents
	@cp target/screenshots/documents.png docs/screenshot.png

icons: ## draw every size of the icon from icons/cairn.svg
	@scripts/icons

fmt: ## format everything
	@cargo fmt --all
	@npm --prefix ui run --silent format

lint: setup ## formats, crate arrows, types and linters, warnings denied
	@scripts/test lint
