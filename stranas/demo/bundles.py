"""Large demos: an agency hands in one bundle of papers and one workbook per quarter, not a file per requirement."""

from collections.abc import Sequence
from dataclasses import replace

from stranas.demo.story import Attempt, Paper, Story

_BOUND = {"pdf": "pdf", "jpg": "pdf", "xlsx": "xlsx", "csv": "xlsx"}
_NAMES = {"pdf": "bundel-data-dukung", "xlsx": "lembar-kerja-data-dukung"}


def bundled(stories: Sequence[Story]) -> list[Story]:
    """The stories of one agency and quarter, with the papers of every first attempt bound together. Corrections
    bring a paper of their own."""
    first = [paper for story in stories for _, paper in story.attempts[0].papers if paper.form in _BOUND]
    bound = {form: _bind(form, [p for p in first if _BOUND[p.form] == form], stories[0]) for form in _NAMES}
    instead = {paper.key: bound[_BOUND[paper.form]] for paper in first}
    return [replace(story, attempts=tuple(_rebound(a, instead) for a in story.attempts)) for story in stories]


def _bind(form: str, papers: Sequence[Paper], story: Story) -> Paper | None:
    if not papers:
        return None
    duty = story.duty
    leaves = tuple(leaf for paper in papers for leaf in paper.leaves)
    name = f"{_NAMES[form]}-{duty.quarter.key.lower()}-{duty.place.code}.{form}"
    return Paper(f"{duty.place.code} {duty.quarter.key} {form}", name, form, min(p.at for p in papers), leaves)


def _rebound(attempt: Attempt, instead: dict[str, Paper]) -> Attempt:
    papers = ((need_id, instead.get(paper.key, paper)) for need_id, paper in attempt.papers)
    return replace(attempt, papers=tuple(papers))
