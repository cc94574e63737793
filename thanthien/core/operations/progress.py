"""How far a long command has come, on stderr: one line that moves on a screen, a line each tenth in a log."""

from typing import TextIO

TENTH = 10


class Progress:
    """`what`: the words before the per cent; `total`: in any unit, 0 when unknown."""

    def __init__(self, stream: TextIO, what: str, total: int) -> None:
        self.stream, self.what, self.total = stream, what, total
        self.done, self.shown = 0, -1
        self.moves = stream.isatty()

    def add(self, amount: int = 1) -> None:
        self.reach(self.done + amount)

    def reach(self, done: int) -> None:
        self.done = done
        per_cent = min(100, 100 * done // self.total) if self.total else 100
        if per_cent == self.shown or (not self.moves and per_cent // TENTH == self.shown // TENTH):
            return
        self.shown = per_cent
        self.stream.write(f"\r{self.what} {per_cent} %" if self.moves else f"{self.what} {per_cent} %\n")
        self.stream.flush()

    def end(self) -> None:
        self.reach(max(self.total, self.done))
        if self.moves:
            self.stream.write("\n")
