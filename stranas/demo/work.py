"""How far the work on a target got, and the round of writing, proof and judgement that follows from it."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from stranas.demo import hours, returns, words
from stranas.demo.cast import NOTHING_TO_SHOW
from stranas.demo.leaves import leaf_of, paper_of
from stranas.demo.story import Attempt, Duty, Need, Paper, Verdict
from stranas.demo.words import ONE_PAPER, Reached
from stranas.reporting.operations import Entry
from stranas.system import text
from stranas.verification.rules import Part

_LEVELS = ((0.85, 4), (0.64, 3), (0.4, 2), (0.16, 1))
_SHARES = {4: (1.0, 1.2), 3: (0.75, 0.96), 2: (0.45, 0.7), 1: (0.1, 0.35), 0: (0, 0)}


def reached_by(duty: Duty, mean: float, rng: Random) -> Reached:
    """Drawn around the agency's mean."""
    drawn = rng.gauss(mean, 0.2)
    if (duty.place.code, duty.quarter.key, duty.item_key) in NOTHING_TO_SHOW:
        drawn = 0
    level = next((level for least, level in _LEVELS if drawn >= least), 0)
    return reached_at(duty, level, rng)


def reached_at(duty: Duty, level: int, rng: Random) -> Reached:
    low, high = _SHARES[level]
    progress = Decimal(100 if level == 4 else round(100 * rng.uniform(low, high)))
    if duty.unit in ONE_PAPER and duty.value == 1:
        return Reached(level, Decimal(1 if level >= 3 else 0), progress)
    value = duty.value * Decimal(str(round(rng.uniform(low, high), 2)))
    if duty.unit == "persen":
        value = min(value, Decimal(100))
    step = Decimal("0.1") if duty.value != duty.value.to_integral_value() else Decimal(1)
    realised = value.quantize(step)
    return Reached(level, max(realised, duty.value) if level == 4 else realised, progress)


def entry_of(duty: Duty, reached: Reached, rng: Random) -> Entry:
    return Entry(
        progress_percent=reached.progress,
        realised_value=reached.realised,
        narrative=words.narrative(duty, reached, rng),
        constraint=words.constraint(duty, reached, rng),
        follow_up=words.follow_up(duty, reached, rng),
    )


def flawed(duty: Duty, passes: bool, rng: Random) -> dict[int, str]:
    """The reasons that this round deserves, by requirement id: none, one, or two."""
    if passes:
        return {}
    chosen = rng.sample(duty.needs, min(len(duty.needs), 2 if rng.random() < 0.25 else 1))
    return {need.id: returns.fitting(need, rng) for need in sorted(chosen, key=lambda need: need.position)}


def first_round(
    duty: Duty, reached: Reached, flaws: dict[int, str], rng: Random, *, saved_at: datetime
) -> tuple[Attempt, dict[int, Paper]]:
    papers = {need.id: _paper(duty, need, reached, flaws.get(need.id, ""), rng, saved_at) for need in duty.needs}
    return Attempt(entry_of(duty, reached, rng), saved_at, tuple(papers.items())), papers


def _paper(
    duty: Duty, need: Need, reached: Reached, flaw: str, rng: Random, saved_at: datetime, turn: int = 1
) -> Paper:
    leaf = leaf_of(duty, need, reached, rng, flaw=flaw)
    at = saved_at - timedelta(minutes=rng.randrange(1, 90))
    return paper_of(duty, need, leaf, rng, at=at, turn=turn)


def returning(duty: Duty, papers: dict[int, Paper], flaws: dict[int, str], rng: Random, *, at: datetime) -> Verdict:
    parts = []
    for need in duty.needs:
        code = flaws.get(need.id, "")
        leaf = next(iter(papers[need.id].leaves), None)
        parts.append(Part(need.id, not code, code, returns.note(code, leaf, rng) if code else ""))
    return Verdict(at, tuple(parts))


def final(duty: Duty, reached: Reached, *, at: datetime) -> Verdict:
    """Verified with the score that the level deserves, or rejected where there is nothing to show."""
    if reached.level == 0:
        note = f"Realisasi {text.number(reached.realised)} {duty.unit}; data dukung belum menunjukkan pelaksanaan."
        return Verdict(at, (), note=note, rejected=True)
    return Verdict(at, tuple(Part(need.id, True) for need in duty.needs), Decimal(25 * reached.level))


def corrected(
    duty: Duty, before: Attempt, flaws: dict[int, str], reached: Reached, rng: Random, *, saved_at: datetime, turn: int
) -> Attempt:
    """The flawed documents replaced, and a sentence for each in the narrative."""
    papers = dict(before.papers)
    said = [before.entry.narrative]
    for need in duty.needs:
        if need.id in flaws:
            papers[need.id] = _paper(duty, need, reached, "", rng, saved_at, turn)
            said.append(returns.repaired(flaws[need.id], need, text.day(hours.day_of(saved_at))))
    entry = replace(before.entry, narrative=" ".join(said))
    return Attempt(entry, saved_at, tuple(papers.items()))
