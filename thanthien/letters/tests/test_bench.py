"""The measurement of letters: it goes on where it was stopped, and a file is there only when it is whole."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from thanthien.dossiers.factories import MONDAY
from thanthien.letters.management.benchmark import letters


def test_each_letter_is_a_file_with_its_own_name_on_it(tmp_path):
    result = letters.write_letters(tmp_path, 3, at=MONDAY, made=lambda: None)

    texts = [PdfReader(path).pages[0].extract_text() for path in sorted(tmp_path.glob("*.pdf"))]
    assert [f"Nguyễn Văn Mẫu {place}" in " ".join(text.split()) for place, text in enumerate(texts)] == [True] * 3
    assert (result.found, len(result.ours), len(result.bare)) == (0, 3, 3)


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path):
    def killed_at_the_second():
        if len(list(tmp_path.glob("*.pdf"))) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        letters.write_letters(tmp_path, 4, at=MONDAY, made=killed_at_the_second)
    (tmp_path / "thu-00003.part").write_bytes(b"half a letter")

    result = letters.write_letters(tmp_path, 4, at=MONDAY, made=lambda: None)

    assert (result.found, len(result.ours)) == (2, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"thu-0000{n}.pdf" for n in range(1, 5)]


def test_the_command_tells_progress_and_figures(tmp_path):
    out, err = io.StringIO(), io.StringIO()

    call_command("bench_letters", count=2, folder=str(tmp_path), json=True, stdout=out, stderr=err)

    found = json.loads(out.getvalue())
    assert (found["made"], found["found"], "100 %" in err.getvalue()) == (2, 0, True)
    again = io.StringIO()
    call_command("bench_letters", count=2, folder=str(tmp_path), stdout=again, stderr=err)
    assert "Đủ 2 thư từ lần trước" in again.getvalue()


def test_stopping_says_how_to_go_on(tmp_path, monkeypatch):
    def stop(*args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(letters.Path, "write_bytes", stop)

    with pytest.raises(CommandError, match="--folder"):
        call_command("bench_letters", count=1, folder=str(tmp_path), stderr=io.StringIO())
