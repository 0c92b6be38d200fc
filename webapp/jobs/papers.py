"""Draws the papers that somebody asked for and keeps each as a sealed file. Who may have it is `domain/papers.py`."""

import json

from webapp.domain import papers
from webapp.domain.ports import Unavailable
from webapp.jobs.registry import Later, Outside, every, job
from webapp.models.papers import Paper
from webapp.providers.files import Files


@job("papers.draw")
def draw(outside: Outside, key: str) -> None:
    """Draw a paper that still waits. One whose layout or data are at fault is given up, and its page says so."""
    paper = Paper.by_key(key)
    if paper is None or paper.state != "waiting":
        return
    try:
        pdf = outside.pdf.render(paper.template, json.loads(paper.data))
    except Unavailable as fault:
        if fault.retry:
            raise Later from fault
        papers.drawn(paper, None)
        return
    files = Files(outside.storage)
    kept = files.keep(pdf, "paper", state="clean", media="application/pdf", account=paper.account, expires=paper.expires)
    papers.drawn(paper, kept)


@every(minute="45")
def forget_papers(outside: Outside) -> int:
    return papers.sweep()
