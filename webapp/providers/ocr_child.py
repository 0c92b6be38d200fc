"""The child that reads text off cleaned photos: no keys, no network, models from its own package.

Started by path (`python -I ocr_child.py`), so that it imports nothing of webapp; `ocr_rapid.py` speaks to it.
"""

import json
import os
import resource
from io import BytesIO
from multiprocessing.connection import Connection

from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of addresses: the engine reserves far more than it uses."""

CPU_SECONDS = 20

FRUGAL = {
    "Global.max_side_len": 960,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}


def lines(engine: RapidOCR, jpeg: bytes) -> list[str]:
    """What stands on the picture, in no order; nothing where it cannot be read."""
    try:
        return list(engine(jpeg).txts or ())
    except Exception:  # an engine that trips over a picture has read nothing on it
        return []


def warm_up(engine: RapidOCR) -> None:
    """Make it load all that finding, turning and reading need while files can still be opened."""
    picture, out = Image.new("RGB", (640, 200), "white"), BytesIO()
    ImageDraw.Draw(picture).text((40, 60), "110105", fill="black", font=ImageFont.load_default(64))
    picture.save(out, "JPEG")
    engine(out.getvalue())


def lock_in() -> None:
    """Give up what is not needed any more: memory, files, sockets, other people's time."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def limit_cpu() -> None:
    """The next picture may use CPU_SECONDS; the kernel ends the child after that (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Answer until the parent hangs up."""
    parent = Connection(os.dup(0))
    engine = RapidOCR(params=FRUGAL)
    warm_up(engine)
    lock_in()
    parent.send_bytes(b"ready")
    while True:
        try:
            parent.recv_bytes()
            jpeg = parent.recv_bytes()
        except EOFError:
            return
        limit_cpu()
        parent.send_bytes(json.dumps({"lines": lines(engine, jpeg)}).encode())
        parent.send_bytes(b"")


if __name__ == "__main__":
    main()
