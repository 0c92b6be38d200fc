"""Draws the rare characters of names as small fonts for pages. Which characters those are is `domain/glyphs.py`."""

from webapp.domain import glyphs
from webapp.jobs.registry import Outside, every, job, still_running


@job("glyphs.draw")
def draw(outside: Outside) -> int:
    """Every character that has no font yet, as far as a font of this machine holds it. Returns how many."""
    done = 0
    try:
        for glyph in glyphs.undrawn():
            if font := outside.glyphs.cut(glyph.character):
                glyphs.draw(glyph, font)
                still_running()
                done += 1
    finally:
        outside.glyphs.close()
    return done


@every(hour="19", minute="20")
def draw_rare_characters(outside: Outside) -> int:
    """At night in China: what came in without a promise, and what a font that was installed since can draw."""
    glyphs.look()
    return draw(outside)
