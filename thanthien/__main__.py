"""`thanthien COMMAND`: everything that an administrator does; also every management command of Django."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
    execute_from_command_line(["thanthien", *sys.argv[1:]])


if __name__ == "__main__":
    main()
