# Pillbox. Two words are all that is needed: `make run` and `make test`. Both bring in what is missing and say so first.

# The cargo profile of `make run`. `dev` is built in a few minutes, shares its work with `make test`, and is quick enough to
# use, since what Pillbox leans on is optimised in it too; `make run PROFILE=release` is what a package would hold.
PROFILE ?= dev

.DEFAULT_GOAL := help
.PHONY: help run test soak evaluate fuzz pictures bench bench-window bench-detect types icons clean

help: ## Says what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Opens the desktop program
	@scripts/run.sh $(PROFILE)

test: ## Runs every test: Rust, page, and the real window on a display without a screen
	@scripts/test.sh

# How many rounds of 20 kills of uploads, 20 of scans, and 20 random schedules.
ROUNDS ?= 10

soak: ## Kills uploads and scans of 5,000 files 200 times, with random faults between; takes long, and goes on where it stopped
	@scripts/soak.sh $(ROUNDS)

types: ## Writes the page's types (ui/src/generated) from the program's
	@PILLBOX_WRITE_TYPES=1 cargo test --workspace --test faces types

pictures: ## Takes the pictures in docs/pictures anew, from the real window
	@scripts/pictures.sh

bench: ## Measures how fast files are moved and scanned in a bucket, beside s5cmd, rclone and the AWS CLI (docs/benchmarks.md)
	@scripts/bench.sh

bench-window: ## Measures start and memory of the window against an empty one (docs/benchmarks.md)
	@scripts/bench-window.sh

evaluate: ## Measures how good detection is, on documents made with what is in them (docs/quality.md)
	@scripts/evaluate.sh

bench-detect: ## Measures how fast detection is, beside ripgrep, Hyperscan and Presidio (docs/benchmarks.md)
	@scripts/bench-detect.sh

# How long each fuzz target runs.
MINUTES ?= 10

fuzz: ## Throws hostile bytes at scan, fields, formats, redaction: each target for MINUTES (10)
	@scripts/fuzz.sh $(MINUTES)

icons: ## Draws icons/*.png, .ico and .icns anew from icons/pillbox.svg
	@scripts/render-icons.py

clean: ## Deletes what was built, and the tools of the tests
	@rm -rf target .tools ui/dist ui/node_modules
