"""What is read out in the hall: the right words, and a sound for each. Nobody listens here: how it sounds is heard on
the page that tries the board out."""

import shutil
import subprocess
import wave
from array import array
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.conf import settings

from thanthien.core.words import DIGITS, number_in_words
from thanthien.queue import queries

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SOUND_ALIKE = {frozenset({"i", "y"})}  # told apart by the word after it


# ---- the words -------------------------------------------------------------------------------------------------
def understood(words):
    """The number that somebody who knows the rules hears."""
    parts = words.split()
    hundreds = DIGITS.index(parts[0]) if "trăm" in parts else 0
    rest = parts[2:] if "trăm" in parts else parts
    if not rest:
        return 100 * hundreds
    if rest[0] in ("linh", "lẻ"):
        return 100 * hundreds + DIGITS.index(rest[1])
    if rest[0] == "mười":
        return 100 * hundreds + 10 + (_ones(rest[1], five="lăm") if len(rest) > 1 else 0)
    if "mươi" in rest:
        ones = _ones(rest[2], five="lăm", four="tư", one="mốt") if len(rest) > 2 else 0
        return 100 * hundreds + 10 * DIGITS.index(rest[0]) + ones
    return 100 * hundreds + DIGITS.index(rest[0])


def _ones(word, *, five="năm", four="bốn", one="một"):
    special = {five: 5, four: 4, one: 1}
    return special[word] if word in special else {2: 2, 3: 3, 6: 6, 7: 7, 8: 8, 9: 9}[DIGITS.index(word)]


@pytest.mark.parametrize("zero_word", ["linh", "lẻ"])
def test_every_number_up_to_999_is_said_by_the_rules(zero_word):
    said = {number: number_in_words(number, zero_word=zero_word) for number in range(1, 1000)}

    assert {number: understood(words) for number, words in said.items()} == {number: number for number in said}
    assert {word for words in said.values() for word in words.split()} - set(DIGITS) == {
        "mười", "mươi", "trăm", "mốt", "tư", "lăm", zero_word
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counter", "words"),
    [(4, "bốn"), (14, "mười bốn"), (15, "mười lăm"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (34, "ba mươi tư"),
     (55, "năm mươi lăm"), (101, "một trăm linh một"), (210, "hai trăm mười"), (321, "ba trăm hai mươi mốt")],
)  # fmt: skip
def test_the_counter_is_said_as_a_number(counter, words):
    assert " ".join(queries.spoken("A 001", counter)) == f"mời số a không không một đến quầy số {words}"


@pytest.mark.parametrize(("code", "words"), [("Y 001", "y dài"), ("I 001", "i ngắn"), ("B 001", "b")])
def test_letters_that_sound_alike_are_told_apart(code, words):
    assert " ".join(queries.spoken(code, 1)).startswith(f"mời số {words} không không một đến")


def test_every_syllable_has_a_recording_of_its_own():
    said = [queries.spoken(f"{LETTERS} 0123456789", counter) for counter in range(1, 1000)]
    words = {word for one in said for word in one} | {"lẻ"}

    files = {word: queries.as_files([word])[0] for word in words}

    assert len(set(files.values())) == len(words)
    assert all(name.isascii() for name in files.values())


# ---- the sounds ------------------------------------------------------------------------------------------------
def voice():
    spec = spec_from_file_location("tool_voice", Path(settings.BASE_DIR) / "tools" / "voice.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="boards then use another voice")


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """As the house is built: file → (samples, seconds)."""
    folder = tmp_path_factory.mktemp("voice") / "made"
    voice().make(folder)
    found = {}
    for path in folder.glob("*.wav"):
        with wave.open(str(path)) as sound:
            samples = array("h", sound.readframes(sound.getnframes()))
            found[path.stem] = samples, len(samples) / sound.getframerate()
    return found


@needs_espeak
def test_every_syllable_is_there_and_none_is_silent(sounds):
    wanted = set(voice().syllables())
    level = {name: (sum(one * one for one in samples) / len(samples)) ** 0.5 for name, (samples, _) in sounds.items()}

    assert set(sounds) == wanted
    assert min(level.values()) > 1000
    assert min(max(map(abs, samples)) for samples, _ in sounds.values()) > 8000


@needs_espeak
def test_every_syllable_is_short_and_begins_and_ends_with_its_sound(sounds):
    assert {name for name, (_, seconds) in sounds.items() if not 0.15 < seconds < 0.8} == set()
    for name, (samples, seconds) in sounds.items():
        rate = len(samples) / seconds
        loud = [place for place, sample in enumerate(samples) if abs(sample) > 300]
        assert loud[0] / rate < 0.06 and (len(samples) - loud[-1]) / rate < 0.06, name


@needs_espeak
def test_no_two_syllables_are_the_same_sound(sounds):
    same = [{a, b} for a in sounds for b in sounds if a < b and sounds[a][0] == sounds[b][0]]

    assert {frozenset(pair) for pair in same} <= SOUND_ALIKE


@needs_espeak
def test_a_longer_call_takes_longer_and_none_is_endless(sounds):
    def seconds(code, counter):
        return sum(sounds[name][1] for name in queries.as_files(queries.spoken(code, counter)))

    spans = [seconds("A 001", counter) for counter in (1, 11, 21, 121)]
    assert spans == sorted(spans)
    assert spans[0] > 3
    assert seconds("AB 999", 999) < 9


@needs_espeak
def test_syllables_put_together_are_what_the_voice_says_of_the_whole():
    """By the sounds that espeak-ng writes down: each recording holds the word that the number needs at its place."""

    def phonemes(lines):
        """Without the mark that tells the level tone at the end of a phrase (7) from the one inside (1)."""
        told = subprocess.run(
            ["espeak-ng", "-v", "vi", "-q", "-x", "--stdin"], input="\n".join(f"{line}." for line in lines),
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        return [line.replace("7", "1").split() for line in told.strip().splitlines()]

    numbers = [number_in_words(number) for number in range(1, 1000)]
    words = sorted({word for number in numbers for word in number.split()})
    alone = dict(zip(words, (one[0] for one in phonemes(words)), strict=True))

    assert phonemes(numbers) == [[alone[word] for word in number.split()] for number in numbers]
    assert len(set(alone.values())) == len(words)
