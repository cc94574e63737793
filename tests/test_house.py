"""What no linter knows: the laws of the house (docs/decisions, CONTRIBUTING.md). Each guard names what breaks it."""

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.db.migrations.loader import MigrationLoader

HOUSE = Path(__file__).resolve().parents[1]
PACKAGE = HOUSE / "thanthien"
GLOSSARY = HOUSE / "docs" / "glossary.md"
DOORS = {"actions", "queries", "events", "enums", "rules"}
DOORS_FOR_LISTENERS = {"queries", "events", "enums"}
NO_ROOMS = {"core", "ui", "config"}
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".txt",
    ".toml",
    ".typ",
    ".json",
    ".in",
    ".yml",
    ".yaml",
    ".po",
    ".cfg",
    "",
}
# Put together here, so that this file does not hold what it looks for.
OUTSIDE = ["/" + "work/", "/" + "root/", "/" + "opt/", "files.python" + "hosted.org", "registry.npm" + "js.org"]
# Forms that change nothing a second time: asking, leaving, looking.
REPEATABLE = ("portal:track", "dossiers:let_go", "dossiers:reveal", "account_logout", "logout_url")
ASKED_FOR_BY_NAME = {"429.html"}  # by the sign-in library
WORKED_OFF_LATER = {"notifications/actions/sending.py"}  # a task of the worker: nobody is there to pass the moment in
SIGNING_IN = ("account/", "mfa/", "allauth/")


@cache
def tracked() -> list[Path]:
    """The files that belong to the product."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True)
    if asked.returncode == 0 and asked.stdout:
        names = [HOUSE / name for name in asked.stdout.split("\0") if name]
        return [path for path in names if path.is_file()]
    return [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if path.suffix in TEXT and path.name not in ("LICENSE", "package-lock.json"):
            yield str(path.relative_to(HOUSE)), path.read_text()


def listed(breaches: list[str], mend: str = "") -> str:
    return "\n".join(["", *breaches, mend])


def code() -> list[Path]:
    skipped = {"migrations", "tests", "factories.py", "benchmark"}
    return [path for path in PACKAGE.rglob("*.py") if not skipped & set(path.parts)]


def templates() -> Iterator[tuple[str, str]]:
    """Name as Django knows it, and source."""
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield str(path.relative_to(path.parents[len(path.relative_to(PACKAGE).parts) - 3])), path.read_text()


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Room and module of every import that happens (not those for the type checker alone)."""
    tree = ast.parse(path.read_text())
    asides = {id(inner) for node in ast.walk(tree) if _for_types(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in asides:
            parts = (node.module or "").split(".")
            names = [node.module or ""] if len(parts) > 2 else [f"{node.module}.{alias.name}" for alias in node.names]
            yield from _rooms_of(names)
        elif isinstance(node, ast.Import) and id(node) not in asides:
            yield from _rooms_of([alias.name for alias in node.names])


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _rooms_of(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        parts = name.split(".")
        if parts[0] == "thanthien" and len(parts) > 2:
            yield parts[1], ".".join(parts[2:])


def rooms() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/apps.py")} - NO_ROOMS


def test_rooms_are_entered_by_the_door():
    breaches = []
    for path in code():
        own = path.relative_to(PACKAGE).parts[0]
        doors = DOORS_FOR_LISTENERS if path.name == "listeners.py" else DOORS
        for room, module in imports(path):
            if own in rooms() and room in rooms() - {own} and module not in doors:
                breaches.append(f"{path.relative_to(HOUSE)} enters {room} by {module}")

    assert not breaches, listed(breaches)


def test_a_door_names_what_there_is_and_each_once():
    breaches = []
    for path in sorted(PACKAGE.glob("*/*/__init__.py")):
        door = import_module(".".join(path.parent.relative_to(HOUSE).parts))
        named = getattr(door, "__all__", [])
        breaches += [f"{door.__name__}: no {name}" for name in named if not hasattr(door, name)]
        breaches += [f"{door.__name__}: {name} twice" for name in set(named) if named.count(name) > 1]

    assert not breaches, listed(breaches)


def test_foreign_keys_point_down_or_stay():
    heights = floors()
    breaches = [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and (target := field.related_model._meta.app_label) in heights
        if target != model._meta.app_label and heights[target] <= heights[model._meta.app_label]
    ]

    assert not breaches, listed(breaches)


def floors() -> dict[str, int]:
    """Room: how far from the top, as the import linter has it."""
    config = (HOUSE / "pyproject.toml").read_text()
    layers = re.search(r"layers = \[\n(.*?)\n\]", config, re.DOTALL)
    assert layers
    rows = re.findall(r'"([^"]+)"', layers[1])
    return {
        name.strip(" ()").removeprefix("thanthien."): row for row, names in enumerate(rows) for name in names.split("|")
    }


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("thanthien.")]


def test_every_model_is_in_the_glossary():
    glossary = GLOSSARY.read_text()

    missing = [model._meta.label for model in our_models() if f"`{model.__name__}`" not in glossary]

    assert not missing, listed(missing)


def test_the_glossary_has_every_status_as_the_code_has_it():
    made = tool("docs").statuses()

    assert GLOSSARY.read_text().endswith(made), "run `make docs`"


def test_the_list_of_events_is_what_the_code_says():
    made = tool("docs").events()

    assert (HOUSE / "docs" / "events.md").read_text() == made, "run `make docs`"


def tool(name: str):
    spec = spec_from_file_location(f"tool_{name}", HOUSE / "tools" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_text_is_composed_unicode():
    split = [name for name, text in texts() if not unicodedata.is_normalized("NFC", text)]

    assert not split, listed(split)


def test_no_file_names_a_machine_or_a_registry():
    told = [f"{name}: {word}" for name, text in texts() for word in OUTSIDE if word in text]

    assert not told, listed(told)


def test_every_template_is_used():
    words = "\n".join(path.read_text() for kind in ("*.py", "*.html") for path in PACKAGE.rglob(kind))

    unused = [
        name
        for name, _ in templates()
        if name not in words
        and f"{name.rpartition('/')[0]}/{{" not in words  # f"ui/errors/{status}.html"
        and name not in ASKED_FOR_BY_NAME
        and not overrides(name)
    ]

    assert not unused, listed(unused)


def overrides(name: str) -> bool:
    """Whether it stands in for a template of Django or of a library, which asks for it by that name."""
    libraries = [Path(config.path) for config in apps.get_app_configs() if PACKAGE not in Path(config.path).parents]
    folders = [path / "templates" for path in (*libraries, Path(django.__file__).parent / "forms")]
    return any((folder / name).exists() for folder in folders)


def test_no_template_holds_style_or_script():
    inside = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=\"|javascript:")

    breaches = [f"{name}: {found[0].strip()}" for name, source in templates() for found in inside.finditer(source)]

    assert not breaches, listed(breaches)


def test_every_form_that_changes_something_is_protected_and_may_be_sent_twice():
    breaches = []
    for name, source in templates():
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.DOTALL | re.IGNORECASE):
            if "csrf_token" not in form:
                breaches.append(f"{name}: no csrf_token")
            harmless = name.startswith(SIGNING_IN) or any(target in form for target in REPEATABLE)
            if "idempotency_key" not in form and not harmless:
                breaches.append(f"{name}: no idempotency_key")

    assert not breaches, listed(breaches)


def test_what_is_translated_is_whole_when_it_is_marked():
    """An f-string or a `.format` inside `_()` is unknown to the catalogue."""
    breaches = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext", "gettext_lazy") and node.args
        if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        or (isinstance(node.args[0], ast.Call) and getattr(node.args[0].func, "attr", "") == "format")
    ]

    assert not breaches, listed(breaches)


def test_placeholders_of_messages_have_names():
    nameless = re.compile(r"(?<!%)%[sd]")
    breaches = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext", "gettext_lazy", "ngettext")
        if any(isinstance(word, ast.Constant) and nameless.search(str(word.value)) for word in node.args)
    ]

    assert not breaches, listed(breaches)


def test_messages_are_marked_under_names_that_are_collected():
    """`make messages` knows `_` and gettext's own names; a string under another name never reaches a translator."""
    renamed = re.compile(r"import n?p?n?gettext(?:_lazy)? as (?!_$)\w+", re.MULTILINE)
    breaches = [str(path.relative_to(HOUSE)) for path in code() if renamed.search(path.read_text())]

    assert not breaches, listed(breaches)


def test_english_says_everything_with_the_same_placeholders():
    """Whoever adds a string writes its English (`make messages`, then locale/en); a guess (fuzzy) does not count."""
    english = (HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    said = tool("assets").catalogue(english)
    sources = tool("assets").catalogue(re.sub(r"^#,.*\n", "", mirrored(english), flags=re.MULTILINE))
    missing = [key for key in sources if key not in said or "" in said[key].split("\0")]
    other = [key for key in said if key and not placeholders(said[key]) <= placeholders(key)]
    other += [key for key in said if key and not placeholders(key) <= placeholders(said[key].split("\0")[-1])]

    assert not missing, listed(missing)
    assert not other, listed(other)


def mirrored(po: str) -> str:
    """Every string translated by itself, so that the reader of catalogues leaves none out."""
    return re.sub(
        r'^(msgid(?:_plural)? ((?:".*"\n)+))msgstr(\[0\])? (?:".*"\n)+', r"\1msgstr\3 \2", po, flags=re.MULTILINE
    )


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[.\d]*[a-z]|\{\w*\}", text))


@pytest.mark.django_db
def test_each_room_has_one_chain_of_migrations_with_names():
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("thanthien.")}

    several = {app for app in ours if len(loader.graph.leaf_nodes(app)) > 1}
    nameless = [f"{app}.{name}" for app, name in loader.disk_migrations if app in ours and "_auto_" in name]

    assert (several, nameless) == (set(), [])


def test_no_now_below_views_and_commands():
    """Time is passed in as `at`: rules, actions, queries and models never ask the clock."""
    clocks = re.compile(r"\b(timezone\.)?now\(\)|datetime\.now\(|date\.today\(|localdate\(\)")
    below = {"actions", "rules", "queries", "models", "enums"}
    breaches = [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in code()
        if path.relative_to(PACKAGE).parts[0] in rooms() and below & {path.stem, *path.relative_to(PACKAGE).parts}
        if str(path.relative_to(PACKAGE)) not in WORKED_OFF_LATER
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if clocks.search(line.partition("#")[0])
    ]

    assert not breaches, listed(breaches)


def test_actions_say_who_and_when_by_name():
    """`by` is keyword-only wherever an action takes it, and so is `at` beside other arguments."""
    breaches = [
        f"{path.relative_to(HOUSE)}:{node.lineno} {node.name}"
        for path in code()
        if path.relative_to(PACKAGE).parts[0] in rooms() and "actions" in {path.stem, *path.parts}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if (names := [argument.arg for argument in node.args.args]) and names != ["at"] and {"by", "at"} & set(names)
    ]

    assert not breaches, listed(breaches)


def test_the_product_reads_nothing_from_beside_the_repository():
    """Data for development lies beside it; the product itself must run from a clone alone."""
    told = [str(path.relative_to(HOUSE)) for path in code() if ".." + "/shared" in path.read_text()]

    assert not told, listed(told)


def test_static_files_that_templates_name_exist():
    named = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
    missing = [f"{name}: {file}" for name, source in templates() for file in named.findall(source) if not find(file)]

    assert not missing, listed(missing)


def test_the_demonstration_secret_is_the_only_secret_in_the_settings():
    assert settings.SECRET_KEY == settings.DEMO_SECRET_KEY


def test_pictures_of_the_guides_exist_and_each_is_shown():
    guides = {path: path.read_text() for path in sorted((HOUSE / "docs" / "guides").glob("*.md"))}
    shown = {name for text in guides.values() for name in re.findall(r"\(img/([\w.-]+)\)", text)}
    there = {path.name for path in (HOUSE / "docs" / "guides" / "img").glob("*")}

    assert sorted(shown ^ there) == []
