"""Makes the syllables of the spoken calls with espeak-ng, where it is installed: `python tools/voice.py`.

Boards then need neither the internet nor a Vietnamese voice of their own. The sounds are made on the machine that
builds the house and are not part of the repository; without espeak-ng the browser's voice or a chime is used.
"""

import os
import shutil
import subprocess
import sys
import wave
from array import array
from importlib import import_module
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
TARGET = HOUSE / "thanthien" / "queue" / "static" / "queue" / "voice"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPEED, PITCH = "130", "50"  # words a minute; calm, for old ears
QUIET, MARGIN = 300, 0.05  # of 32 767; seconds


def main() -> int:
    if not shutil.which("espeak-ng"):
        print("espeak-ng is missing: `apt-get install espeak-ng` (boards then use the browser's voice or a chime)")
        return 0
    make(TARGET)
    print(f"voice: {len(list(TARGET.glob('*.wav')))} syllables")
    return 0


def make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for file, word in syllables().items():
        sound = folder / f"{file}.wav"
        subprocess.run(["espeak-ng", "-v", "vi", "-s", SPEED, "-p", PITCH, "-w", str(sound), word], check=True)
        trim(sound)


def trim(sound: Path) -> None:
    """Without the half second of silence that is put after each word: a call of twelve syllables then takes six seconds
    instead of twelve."""
    with wave.open(str(sound)) as source:
        about, samples = source.getparams(), array("h", source.readframes(source.getnframes()))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > QUIET]
    margin = int(MARGIN * about.framerate)
    kept = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    with wave.open(str(sound), "w") as target:
        target.setparams(about._replace(nframes=len(kept)))
        target.writeframes(kept.tobytes())


def syllables() -> dict[str, str]:
    """File: word, for every call that a hall with 999 counters can make."""
    sys.path.insert(0, str(HOUSE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings_test")
    import_module("django").setup()
    queries = import_module("thanthien.queue.queries")
    words = {word for counter in range(1, 1000) for word in queries.spoken(f"{LETTERS} 0123456789", counter)}
    return {queries.as_files([word])[0]: word for word in sorted(words)}


if __name__ == "__main__":
    sys.exit(main())
