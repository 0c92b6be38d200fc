"""The child that draws papers with typst and signs them with pyHanko: no network, limited memory and time.

Started by path with its order in JSON (`python -I pdf_child.py '{"fonts": …}'`); `pdf_typst.py` speaks to it. It answers each
pair of messages (a JSON task, the data as JSON) with a JSON verdict and, where that is good, a PDF. It reads nothing but what
the site itself wrote, so it may hold the key of the signature that it was told to make; no other.
"""

import json
import os
import resource
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing.connection import Connection
from types import ModuleType

import typst

STANDARD = "a-2a"
"""PDF/A: fonts inside, nothing from elsewhere, every character can be read out again, and tags say what is what."""


@cache
def neighbour(name: str) -> ModuleType:
    """The file of that name next to this one, loaded at first need; nothing else of webapp can be imported here."""
    spec = spec_from_file_location(name, os.path.join(os.path.dirname(__file__), f"{name}.py"))  # noqa: PTH118, PTH120
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def render(fonts: typst.Fonts, root: str, task: dict, data: bytes) -> tuple[dict, bytes]:
    """One paper, or why it cannot be: the layout's own fault, told without a word of the data."""
    try:
        pdf = typst.compile(
            os.path.join(root, task["layout"]),  # noqa: PTH118 (the child stays with what starts fastest)
            root=root,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": data.decode()},
            pdf_standards=[STANDARD],
            timestamp=task["made"],
        )
        return {}, neighbour("pdf_signing").signed(pdf, task["signing"], task["made"]) if task["signing"] else pdf
    except MemoryError:
        raise
    except Exception as fault:  # TypstError and whatever else it raises
        return {"fault": type(fault).__name__}, b""


def limit_cpu(seconds: int) -> None:
    """The next paper may use so many; the kernel ends the child after that (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main(order: dict) -> None:
    """Answer until the parent hangs up."""
    parent = Connection(os.dup(0))
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    parent.send_bytes(b"ready")
    while True:
        try:
            task, data = json.loads(parent.recv_bytes()), parent.recv_bytes()
        except EOFError:
            return
        limit_cpu(order["seconds"])
        answer, pdf = render(fonts, order["root"], task, data)
        parent.send_bytes(json.dumps(answer).encode())
        parent.send_bytes(pdf)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
