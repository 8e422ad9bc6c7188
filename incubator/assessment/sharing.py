"""Share applications out among scorers as evenly as what they declared allows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from incubator.kernel.errors import N_, Conflict

Pair = tuple[UUID, UUID]
"""An application and a scorer."""


@dataclass(eq=False)
class TooFewScorers(Conflict):
    """More scorers are needed than there are without a conflict of interest. `application` is its code."""

    code = "too_few_scorers"
    sentence = N_("For the application {application} there are too few scorers without a conflict. Appoint more first.")
    application: str


def assign_evenly(
    *,
    applications: Sequence[UUID],
    scorers: Sequence[UUID],
    needed: int,
    never: Collection[Pair],
    kept: Collection[Pair],
) -> list[Pair]:
    """New assignments, after which each application has `needed` scorers (more where it was `kept` so),
    none of them in `never`, and no loads can be made more even: without conflicts they differ by at most
    one. Raises LookupError with the application that has too few."""
    share = _Share(never=set(never), kept=set(kept), scorers=list(scorers))
    for application in applications:
        share.give(application, needed)
    while share.even_out():
        pass
    return sorted(share.made)


@dataclass(slots=True)
class _Share:
    never: set[Pair]
    kept: set[Pair]
    scorers: list[UUID]
    made: set[Pair] = field(default_factory=set)

    def load(self, scorer: UUID) -> int:
        return sum(who == scorer for _, who in self.kept | self.made)

    def free(self, application: UUID, scorer: UUID) -> bool:
        return not {(application, scorer)} & (self.never | self.kept | self.made)

    def give(self, application: UUID, needed: int) -> None:
        missing = needed - sum(one == application for one, _ in self.kept)
        open_to = sorted((who for who in self.scorers if self.free(application, who)), key=self.load)
        if len(open_to) < missing:
            raise LookupError(application)
        self.made |= {(application, who) for who in open_to[: max(missing, 0)]}

    def even_out(self) -> bool:
        """Hand one application on from who has more to who has fewer by at least two, through others if
        need be. False when nothing can be made more even."""
        for giver in sorted(self.scorers, key=self.load, reverse=True):
            chain = self._chain(giver)
            if chain:
                for application, old, new in chain:
                    self.made.remove((application, old))
                    self.made.add((application, new))
                return True
        return False

    def _chain(self, giver: UUID) -> list[tuple[UUID, UUID, UUID]]:
        """The shortest way of handing on from `giver`: breadth first."""
        most, ways = self.load(giver), {giver: list[tuple[UUID, UUID, UUID]]()}
        waiting = [giver]
        for scorer in waiting:
            if self.load(scorer) <= most - 2:
                return ways[scorer]
            for application, other in self._steps(scorer):
                if other not in ways:
                    ways[other] = [*ways[scorer], (application, scorer, other)]
                    waiting.append(other)
        return []

    def _steps(self, scorer: UUID) -> Iterator[tuple[UUID, UUID]]:
        for application, who in sorted(self.made):
            if who == scorer:
                yield from ((application, other) for other in self.scorers if self.free(application, other))
