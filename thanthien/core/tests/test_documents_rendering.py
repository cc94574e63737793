"""Typst behind its door: data is never source, nothing outside is read, a bad template says what is wrong."""

import io
import threading
import time

import pytest
from pypdf import PdfReader

from thanthien.core.documents import FontMissing, TemplateFault, compiler, font_problem, qr, render, render_png, sandbox
from thanthien.core.documents.faults import explain
from thanthien.core.documents.kinds import KINDS
from thanthien.core.documents.sandbox import TooLarge

SMALL = '#import "/lib.typ": *\n#show: sheet.with(title: "Thử")\n'
ATTACKS = [
    '#read("/etc/passwd")',
    "#{ panic() }",
    "*đậm* _nghiêng_ $x$ @ref <nhãn> // ghi chú",
    '"; #import "@preview/x:1.0.0"',
    "= Tiêu đề\\ #let x = 1",
    "]] #h(1em) [[",
]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_that_looks_like_source_is_printed_as_it_is(attack):
    text = text_of(render(SMALL + "#data.name", {"name": attack}))

    assert "".join(attack.split()) in "".join(text.split())


def test_line_breaks_in_data_are_kept():
    assert text_of(render(SMALL + "#data.note", {"note": "dòng một\r\ndòng hai"})).splitlines() == [
        "dòng một",
        "dòng hai",
    ]


def test_control_characters_do_not_spoil_the_paper():
    pdf = render(SMALL + "#data.name", {"name": "a\x00b\x07c\u200bd\ud800e"})

    assert text_of(pdf) == "abcde"
    assert PdfReader(io.BytesIO(pdf)).xmp_metadata.pdfaid_part == "2"


@pytest.mark.parametrize("name", ["Trần 漢 Văn", "Lê 😀 Thị"])
def test_a_name_with_a_character_that_the_font_lacks_still_gets_its_paper(name):
    text = text_of(render(SMALL + "#data.name", {"name": name}))

    assert text.startswith(name.split()[0])


@pytest.mark.parametrize("path", ["/etc/passwd", "../compiler.py", "/../compiler.py", "C:/x"])
def test_a_template_reads_nothing_outside_its_folder(path):
    with pytest.raises(TemplateFault) as caught:
        render(SMALL + f'#read("{path}")', {})

    assert caught.value.fault.line == 3
    assert "Mẫu chỉ được dùng các tệp có sẵn của hệ thống." in explain(caught.value.fault)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("#hoSo", 3, "Không có tên «hoSo»."),
        ("#data.nothing", 3, "Giấy này không có trường dữ liệu «nothing»."),
        ("#let x = (1,\n", 3, "Có dấu ngoặc mở mà chưa đóng."),
        ("\n\n#money(", 5, "Có dấu ngoặc mở mà chưa đóng."),
        ("#while true {}", 3, "Mẫu lặp mãi không dừng."),
        ("#let f(n) = f(n + 1)\n#f(1)", 3, "Mẫu lặp mãi không dừng."),
    ],
)
def test_a_faulty_template_says_the_line_and_what_is_wrong(source, line, words):
    with pytest.raises(TemplateFault) as caught:
        render(SMALL + source, {"name": "x"})

    assert caught.value.fault.line == line
    assert explain(caught.value.fault).startswith(f"Dòng {line}, cột ")
    assert words in explain(caught.value.fault)


def test_an_unknown_fault_is_given_in_the_words_of_typst():
    assert explain(compiler.Fault("strange")) == "Mẫu có lỗi, chưa dựng được. (Typst: strange)"


def test_a_missing_font_is_named_with_the_way_to_mend_it(monkeypatch, tmp_path):
    monkeypatch.setattr(compiler, "FONT_DIR", tmp_path)
    monkeypatch.setattr(compiler, "_local", threading.local())

    with pytest.raises(FontMissing, match="Thiếu phông chữ Tinos .* «make setup»"):
        render(SMALL, {})
    assert font_problem().startswith("Thiếu phông chữ Tinos")


def test_the_font_is_there():
    assert font_problem() == ""


def test_only_tinos_is_embedded():
    page = PdfReader(io.BytesIO(render(KINDS["receipt"].source, KINDS["receipt"].sample().as_data()))).pages[0]

    names = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0] for font in page["/Resources"]["/Font"].values()
    }
    assert names == {"Tinos"}


def test_threads_draw_at_the_same_time_without_mixing_their_data():
    found: dict[int, set[str]] = {}

    def draw(number: int) -> None:
        found[number] = {text_of(render(SMALL + "#data.name", {"name": f"luồng {number}"})) for _ in range(20)}

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert found == {number: {f"luồng {number}"} for number in range(4)}


def test_pages_as_pictures_are_a_list_also_for_one_page():
    assert [page[:4] for page in render_png(SMALL + "một", {})] == [b"\x89PNG"]
    assert len(render_png(SMALL + "một #pagebreak() hai", {})) == 2


def test_a_qr_code_is_drawn_from_its_text():
    assert qr("H99.01.02-260205-0007").startswith("<svg ")
    assert qr("a") != qr("b")


def test_the_sandbox_draws_what_the_site_would_draw():
    kind = KINDS["guidance"]

    data = kind.sample().as_data()
    assert sandbox.draw(kind.source, data, ppi=50) == render_png(kind.source, data, ppi=50)


def test_the_sandbox_passes_a_fault_on():
    with pytest.raises(TemplateFault) as caught:
        sandbox.draw(SMALL + "#hoSo", {})

    assert (caught.value.fault.line, caught.value.fault.message) == (3, "unknown variable: hoSo")


def test_the_sandbox_passes_a_missing_font_on(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr(sandbox, "render_png", _without_font)

    assert sandbox._answer({"source": "", "data": {}, "ppi": 72}) == {"missing": "Thiếu phông chữ"}


def _without_font(*args, **kwargs):
    raise FontMissing("Thiếu phông chữ")


def test_a_template_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 2)
    start = time.monotonic()

    with pytest.raises(TooLarge, match="Mẫu chạy quá lâu"):
        sandbox.draw(SMALL + "#for a in range(9000) { for b in range(9000) { [x] } }", {})
    assert time.monotonic() - start < 10


def test_a_preview_shows_at_most_the_first_pages():
    assert len(sandbox.draw(SMALL + "x #pagebreak()" * 20, {}, ppi=20)) == sandbox.PAGES
