"""The child that cuts one character out of a font: no keys, no network, limited memory and time.

Started by path (`python -I glyph_child.py`); `glyphs_fonttools.py` speaks to it. It answers each pair of messages (a JSON task,
no bytes) with a JSON verdict and, where that is good, a WOFF2 font.
"""

import json
import os
import resource
from io import BytesIO
from multiprocessing.connection import Connection

from fontTools import subset
from fontTools.ttLib import TTFont

MEMORY = 512 * 1024 * 1024
"""Of addresses: the largest font of the chain takes 160 MB."""

CPU_SECONDS = 10

NEEDED = {"head", "hhea", "hmtx", "maxp", "OS/2", "name", "post", "cmap", "CFF ", "glyf", "loca"}
"""What a browser asks of a font; rules for joining and standing upright have nothing to do in a font of one character."""


def cut(file: str, character: str) -> bytes:
    """A font of this character alone, without hints and names."""
    font = TTFont(file, fontNumber=0, lazy=True)
    chosen = subset.Subsetter(
        subset.Options(
            drop_tables=sorted(set(font.keys()) - NEEDED),
            layout_features=[],
            name_IDs=[],
            hinting=False,
            desubroutinize=True,
            notdef_outline=False,
        )
    )
    chosen.populate(unicodes=[ord(character)])
    chosen.subset(font)
    font.flavor, written = "woff2", BytesIO()
    font.save(written)
    return written.getvalue()


def limit_cpu() -> None:
    """The next character may use so much; the kernel ends the child after that (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Answer until the parent hangs up."""
    parent = Connection(os.dup(0))
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    parent.send_bytes(b"ready")
    while True:
        try:
            task, _nothing = json.loads(parent.recv_bytes()), parent.recv_bytes()
        except EOFError:
            return
        limit_cpu()
        font = cut(**task)
        parent.send_bytes(b"{}")
        parent.send_bytes(font)


if __name__ == "__main__":
    main()
