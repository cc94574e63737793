"""Reliability (docs/reliability.md): short forms in `make test`, the long ones by `make hardening` (HARDENING=long)."""

import os

LONG = os.environ.get("HARDENING") == "long"
