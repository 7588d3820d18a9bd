#!/bin/sh
# Build stage: dependencies by the lock file, the compiled program, then only what it needs at run time.
set -eu
npm ci --no-audit --no-fund --loglevel=error
npm run --silent build
npm prune --omit=dev --no-audit --no-fund --loglevel=error
