#!/bin/sh
# Removes what can be made again. Data (./var or SAMOE_HOME) stays.
set -eu
cd "$(dirname "$0")/../.."
rm -rf tests/keycloak/certified/node_modules .venv .tools dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
find platform modules tests infra -name __pycache__ -type d -prune -exec rm -rf {} +
