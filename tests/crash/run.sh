#!/bin/sh
# The bot is killed at random moments under a steady stream of questions and
# check-ins; see driver.py. Environment: OUT, CRASH_KILLS (20), CRASH_SEED.
set -u
cd "$(dirname "$0")/../.." || exit 1
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests/support exec python3 tests/crash/driver.py
