"""Makes the syllables of the spoken calls with espeak-ng, where it is installed: `python tools/voice.py`.

Boards then need neither the internet nor a Vietnamese voice of their own. The sounds are made on the machine that
builds the house and are not part of the repository; without espeak-ng the browser's voice or a chime is used.
"""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
TARGET = HOUSE / "thanthien" / "queue" / "static" / "queue" / "voice"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPEED, PITCH = "130", "50"  # words a minute; calm, for old ears


def main() -> int:
    if not shutil.which("espeak-ng"):
        print("espeak-ng is missing: `apt-get install espeak-ng` (boards then use the browser's voice or a chime)")
        return 0
    TARGET.mkdir(exist_ok=True)
    for file, word in syllables().items():
        speak = ["espeak-ng", "-v", "vi", "-s", SPEED, "-p", PITCH, "-w", str(TARGET / f"{file}.wav"), word]
        subprocess.run(speak, check=True)
    print(f"voice: {len(list(TARGET.glob('*.wav')))} syllables")
    return 0


def syllables() -> dict[str, str]:
    """File: word, for every call that a hall with 99 counters can make."""
    sys.path.insert(0, str(HOUSE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings_test")
    import_module("django").setup()
    queries = import_module("thanthien.queue.queries")
    words = {word for counter in range(1, 100) for word in queries.spoken(f"{LETTERS} 0123456789", counter)}
    return {queries.as_files([word])[0]: word for word in sorted(words)}


if __name__ == "__main__":
    sys.exit(main())
