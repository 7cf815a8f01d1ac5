# Verbs for fingers. Each calls cargo, xtask or a script; the logic is there.

FUZZ_SECONDS ?= 10
# The interpreters that `make test` tests with, of those that are here.
PYTHONS ?= 3.9 3.11 3.13

.PHONY: help run test test-python conformance test-clients test-types wheels check bench \
	bench-quick fuzz docs targets fmt clean
help:           ## this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/: .*##/\t/' | expand -t 14

run:            ## this machine at a glance
	cargo run --release --locked

test:           ## every test, the comparison with real psutil and a short fuzz included
	cargo test --workspace --locked
	tests/counts/run
	tests/differential/run
	$(MAKE) test-python conformance test-clients test-types
	$(MAKE) fuzz

test-python:    ## the Python package, on PYTHONS
	PYTHONS="$(PYTHONS)" tests/python/run

conformance:    ## psutil's own tests, on psight
	tests/conformance/run

test-clients:   ## real programs on psight's psutil and on psutil, what they print compared
	tests/clients/run

test-types:     ## the declared types: stubtest, mypy, pyright, types-psutil
	tests/typing/run

wheels:         ## what a release uploads, into build/wheels, checked and tried
	tests/tools/wheels

check:          ## formatting, rules, lints, documentation, dependencies, every platform
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check
	cargo xtask tidy
	cargo xtask api --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --locked \
		-p psight-core -p psight -p psight-testkit -p xtask
	tests/tools/deny
	cargo xtask targets

bench:          ## speed, side by side with others, into docs/benchmarks.md
	tests/tools/bench

bench-quick:    ## the same, shorter and printed only
	tests/tools/bench --quick

fuzz:           ## every fuzz target for FUZZ_SECONDS
	cargo xtask fuzz $(FUZZ_SECONDS)

docs:           ## the tables and the API lists in the documentation, written anew
	cargo xtask api
	UPDATE_DOCS=1 cargo test --package psight --test contract --locked

targets:        ## type-check every platform
	cargo xtask targets

fmt:            ## format
	cargo fmt --all
	cargo fmt --manifest-path fuzz/Cargo.toml

clean:          ## remove what was built
	cargo clean
	rm -rf build fuzz/target
