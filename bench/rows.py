"""A line of the table: what was measured, against what, and what was asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`value` against `bound`: at least it, or with `at_most` no more than it."""

    what: str
    measured: str
    yardstick: str
    value: float
    bound: float
    at_most: bool = False
    unit: str = "×"

    @property
    def met(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def line(self) -> str:
        sign = "≤" if self.at_most else "≥"
        mark = "ok" if self.met else "SHORT"
        value, bound = f"{self.value:.3g} {self.unit}", f"{sign} {self.bound:g} {self.unit}"
        return f"| {self.what} | {self.measured} | {self.yardstick} | {value} | {bound} | {mark} |"


HEAD = "| what | measured | yardstick | value | bound | |\n| --- | --- | --- | --- | --- | --- |"
