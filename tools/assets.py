"""Puts what pages need from node_modules into thanthien/ui/static/vendor: fonts, icons, one style and one script file.

`python tools/assets.py` after `npm ci`. It may be repeated at will: a file is written only when its content changed.
Also compiles the message catalogues (`*.po` to `*.mo`), so that a fresh machine needs no gettext.
"""

import ast
import re
import struct
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
NODE = HOUSE / "node_modules"
UI = HOUSE / "thanthien" / "ui"
OWN = UI / "static" / "ui"
VENDOR = UI / "static" / "vendor"

LAYERS = "@layer bootstrap, tokens, base, layout, components, print;"
# Only the parts of Bootstrap that pages use for layout; components are our own. Each from its first rule after the
# variables that all parts repeat.
BOOTSTRAP_PARTS = [("reboot", ":root,", None), ("grid", ".container,", ".d-inline{"), ("utilities", ".clearfix", None)]
FONT_WEIGHTS = [400, 600, 700]
FONT_RANGES = {
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
    "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,"
    "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
HEAD_SCRIPTS = {"theme.js"}  # runs before the page is drawn
ICON_USE = re.compile(r"""\bicon\b["']?\s*[=:]?\s*["']([a-z0-9-]+)["']""")
TWO_WORDS = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)+)["']""")


def main() -> int:
    if not (NODE / "bootstrap").is_dir():
        sys.stderr.write("node_modules is missing: run `npm ci` first.\n")
        return 1
    written = [*copied_files(), style_bundle(), script_bundle(), icon_sprite(), *compiled_catalogues()]
    changed = [path for path, content in written if write(path, content)]
    sys.stdout.write(f"assets: {len(written)} files, {len(changed)} changed\n")
    return 0


def write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def copied_files() -> list[tuple[Path, bytes]]:
    tinos, letters = NODE / "@expo-google-fonts" / "tinos", NODE / "@fontsource" / "be-vietnam-pro" / "files"
    pairs = [(font, VENDOR / "tinos" / font.name) for font in sorted(tinos.glob("*/*.ttf"))]
    pairs += [(letters / name, VENDOR / "fonts" / name) for name in map(font_file, *zip(*font_faces(), strict=True))]
    pairs += [
        (NODE / "htmx.org" / "dist" / "htmx.min.js", VENDOR / "htmx.min.js"),
        (tinos / "LICENSE_FONT", VENDOR / "licences" / "tinos.txt"),
        (letters.parent / "LICENSE", VENDOR / "licences" / "be-vietnam-pro.txt"),
        (NODE / "bootstrap" / "LICENSE", VENDOR / "licences" / "bootstrap.txt"),
        (NODE / "bootstrap-icons" / "LICENSE", VENDOR / "licences" / "bootstrap-icons.txt"),
        (NODE / "htmx.org" / "LICENSE", VENDOR / "licences" / "htmx.txt"),
    ]
    return [(target, without_source_map(source.read_bytes())) for source, target in pairs]


def without_source_map(content: bytes) -> bytes:
    """A map that is not there would stop the file hashing of production."""
    return re.sub(rb"\n?(//#|/\*#) sourceMappingURL=\S+( \*/)?\s*$", b"\n", content)


def font_faces() -> list[tuple[int, str]]:
    return [(weight, subset) for weight in FONT_WEIGHTS for subset in FONT_RANGES]


def font_file(weight: int, subset: str) -> str:
    return f"be-vietnam-pro-{subset}-{weight}-normal.woff2"


def style_bundle() -> tuple[Path, bytes]:
    """One file for all pages: Bootstrap's layout, then our layers, in the order in which they win."""
    faces = "".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-display:swap;'
        f'src:url(fonts/{font_file(weight, subset)}) format("woff2");unicode-range:{FONT_RANGES[subset]}}}'
        for weight, subset in font_faces()
    )
    css = OWN / "css"
    ours = [css / "tokens.css", css / "base.css", css / "layout.css", *sorted(css.glob("components/*.css"))]
    sheets = [squeezed(path.read_text("utf-8")) for path in [*ours, css / "print.css"]]
    sheets = [re.sub(r'url\("(\.\./)+img/', 'url("../ui/img/', sheet) for sheet in sheets]  # as seen from vendor/
    text = "\n".join([LAYERS, faces, f"@layer bootstrap{{{bootstrap()}}}", *sheets])
    return VENDOR / "thanthien.css", text.encode()


def bootstrap() -> str:
    """The chosen parts of Bootstrap; says so loudly if a new release is cut otherwise."""
    parts = ["/*! Bootstrap (https://getbootstrap.com), MIT */"]
    for name, first, end in BOOTSTRAP_PARTS:
        text = (NODE / "bootstrap" / "dist" / "css" / f"bootstrap-{name}.min.css").read_text("utf-8")
        start, stop = text.index(first), text.index(end) if end else text.rindex("/*#")
        parts.append(text[start:stop].strip())
    return "\n".join(parts)


def squeezed(css: str) -> str:
    """A style sheet without comments and needless space."""
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))).strip()


def script_bundle() -> tuple[Path, bytes]:
    """One file for all pages; each behaviour stays a function of its own."""
    files = [path for path in sorted((OWN / "js").glob("*.js")) if path.name not in HEAD_SCRIPTS]
    return VENDOR / "thanthien.js", "\n".join(path.read_text("utf-8") for path in files).encode()


def icon_names() -> set[str]:
    """Every icon named in a template or in Python, besides those in `ui/icons.txt`. A name of two words is found
    wherever it stands in quotation marks."""
    names = set((UI / "icons.txt").read_text("utf-8").split())
    for path in [*UI.parent.rglob("*.html"), *UI.parent.rglob("*.py")]:
        for use in (ICON_USE, TWO_WORDS):
            names.update(use.findall(path.read_text("utf-8")))
    return names


def icon_sprite() -> tuple[Path, bytes]:
    """The icons that are used, and no other, as symbols of one small picture."""
    symbols = [(UI / "static" / "ui" / "img" / "emblem.svg").read_text("utf-8").strip()]
    for name in sorted(icon_names()):
        source = NODE / "bootstrap-icons" / "icons" / f"{name}.svg"
        if source.is_file():
            body = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text("utf-8"), re.DOTALL)
            inner = re.sub(r"\s*\n\s*", "", body.group(1)) if body else ""
            symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>')
    text = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    return VENDOR / "icons.svg", text.encode()


def compiled_catalogues() -> list[tuple[Path, bytes]]:
    sources = [*HOUSE.glob("locale/**/LC_MESSAGES/*.po"), *UI.parent.glob("*/locale/*/LC_MESSAGES/*.po")]
    return [(path.with_suffix(".mo"), compiled(path.read_text("utf-8"))) for path in sources]


def catalogue(po: str) -> dict[str, str]:
    """Message to translation, plural forms and context joined as gettext wants; without fuzzy and empty ones."""
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", po):
        if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) and 'msgid ""' not in block.split("msgstr")[0]:
            continue
        parts: dict[str, str] = {}
        for key, text in re.findall(r'^(msg\w+(?:\[\d\])?)\s+((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.MULTILINE):
            parts[key] = "".join(ast.literal_eval(line) for line in text.strip().splitlines())
        forms = [parts[key] for key in sorted(parts) if key.startswith("msgstr")]
        if "msgid" in parts and any(forms):
            context = parts["msgctxt"] + "\x04" if "msgctxt" in parts else ""
            plural = "\x00" + parts["msgid_plural"] if "msgid_plural" in parts else ""
            found[context + parts["msgid"] + plural] = "\x00".join(forms)
    return found


def compiled(po: str) -> bytes:
    """The binary catalogue of gettext: a header, two tables of (length, offset), then the texts, sorted."""
    pairs = sorted((key.encode(), value.encode()) for key, value in catalogue(po).items())
    keys_at, count = 28, len(pairs)
    offset, tables, texts = keys_at + 16 * count, b"", b""
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[side]), offset + len(texts))
            texts += pair[side] + b"\x00"
    return struct.pack("<7I", 0x950412DE, 0, count, keys_at, keys_at + 8 * count, 0, 0) + tables + texts


if __name__ == "__main__":
    sys.exit(main())
