"""What keeps every page of the whole house clean: read as text, so that nothing slips past."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command

HOUSE = Path(__file__).resolve().parents[3]
PACKAGE = HOUSE / "thanthien"
OWN = PACKAGE / "ui" / "static" / "ui"
VENDOR = PACKAGE / "ui" / "static" / "vendor"
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if "typst" not in path.parts)
STYLES = sorted(OWN.rglob("*.css"))
SCRIPTS = sorted(OWN.rglob("*.js"))


def offenders(paths, pattern):
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return [str(path.relative_to(HOUSE)) for path in paths if found.search(path.read_text("utf-8"))]


def lines_of(path):
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    "pattern",
    [
        r"<[^>{]*\sstyle\s*=",
        r"<style\b",
        r"<script(?![^>]*\ssrc=)[^>]*>\s*[^\s<]",
        r"<[^>]*\son(click|change|submit|input|load|keydown|focus)\s*=",
        r"javascript:",
        r"(href|src)=[\"']?(https?:)?//",
    ],
)
def test_no_template_has_styles_scripts_or_things_from_elsewhere(pattern):
    assert offenders(TEMPLATES, pattern) == []


def test_templates_are_short():
    assert [path.name for path in TEMPLATES if lines_of(path) > 150] == []


def test_styles_and_scripts_are_short():
    assert [path.name for path in STYLES if lines_of(path) > 200] == []
    assert [path.name for path in SCRIPTS if lines_of(path) > 150] == []


def test_every_style_stands_in_a_layer_and_uses_neither_ids_nor_force():
    assert offenders(STYLES, r"!important|^\s*#[a-z]|[,{}]\s*#[a-z-]+\s*[,{]") == []
    assert [path.name for path in STYLES if "@layer " not in path.read_text("utf-8")] == []


def test_all_text_is_composed_unicode():
    files = [*TEMPLATES, *STYLES, *SCRIPTS, *PACKAGE.rglob("*.py"), *HOUSE.glob("locale/*/LC_MESSAGES/*.po")]

    assert [path.name for path in files if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))] == []


def test_every_icon_that_is_named_is_in_the_sprite():
    used = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon["']?\s*[=:]\s*["']([a-z0-9-]+)["']""")
    sources = [*TEMPLATES, *(path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)]
    named = {name for path in sources for pair in used.findall(path.read_text("utf-8")) for name in pair if name}
    sprite = (VENDOR / "icons.svg").read_text("utf-8")

    missing = sorted(name for name in named if f'id="{name}"' not in sprite)
    assert missing == [], "no such icon, or `python tools/assets.py` was not run since"


def test_production_finds_every_file_that_styles_name(settings, tmp_path):
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", interactive=False, verbosity=0)

    bundle = next(tmp_path.glob("vendor/thanthien.*.css")).read_text("utf-8")
    named = set(re.findall(r"url\(\"?([^)\"]+)", bundle))
    assert [name for name in named if not (tmp_path / "vendor" / name).is_file()] == []
    assert any("drum." in name for name in named)


def test_no_registry_host_is_written_down():
    assert "resolved" not in (HOUSE / "package-lock.json").read_text("utf-8")
    assert "registry" not in (HOUSE / ".npmrc").read_text("utf-8").replace("omit-lockfile-registry-resolved", "")
