"""`python -m thanthien.core.operations.run worker|scheduler`: how `thanthien serve` starts these processes."""

import os
import sys
from importlib import import_module

import django

from thanthien.core.operations.processes import die_with_parent


def main(part: str) -> None:
    die_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
    django.setup()
    import_module(f"thanthien.core.operations.{part}").main()  # its models can be loaded only now


if __name__ == "__main__":
    main(sys.argv[1])
