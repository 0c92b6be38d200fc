"""Papers in the child that draws them: milliseconds a page, of CPU and by the clock, and its memory.

Run: ``python -m tests.bench.bench_papers [--rounds 5]``. Goal: 10 ms of CPU for a receipt, each with other data; 20 ms
a page for the checking sheet of a class of 60. The first paper of a child is told apart: it opens the font.
"""

import argparse
import sys
import time

from tests.bench.bench_images import megabytes, seconds
from tests.bench.measure import machine
from tests.providers.test_pdf import SAMPLE, read
from webapp.providers.pdf_typst import TypstPdf

RECEIPT, SHEET = 10, 20
HEADS = [
    "序号", "学号", "姓名", "性别", "出生日期", "民族", "证件号码",
    "层次", "专业", "学制", "学习形式", "入学日期", "签名", "代签",
]  # fmt: skip
ROW = [
    "2026010101", "阿依古丽·买买提", "女", "2008-05-12", "维吾尔族",
    "1*****X", "本科", "软件工程", "4年", "全日制", "2026-09-03",
]  # fmt: skip


def receipt(n: int) -> dict:
    return SAMPLE | {"number": ["回执编号", f"{n:012}"]}


def sheet(n: int) -> dict:
    rows = [[str(line), *ROW, str(n), ""] for line in range(1, 61)]
    return SAMPLE | {"heads": HEADS, "widths": [1] * len(HEADS), "rows": rows}


def measured(pdf: TypstPdf, layout: str, make, rounds: int, times: int = 40) -> tuple[float, float]:
    """Milliseconds of CPU and by the clock for one paper (the least of `rounds` groups), over its pages."""
    pages = len(read(pdf.render(layout, make(0))).pages)
    cpu = clock = float("inf")
    for group in range(rounds):
        before, began = seconds(pdf.child_pid), time.perf_counter()
        for n in range(times):
            pdf.render(layout, make(1 + group * times + n))
        cpu = min(cpu, (seconds(pdf.child_pid) - before) / times)
        clock = min(clock, (time.perf_counter() - began) / times)
    return cpu * 1000 / pages, clock * 1000 / pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    print(machine())
    pdf = TypstPdf()
    began = time.perf_counter()
    pdf.render("receipt", receipt(0))
    print(f"the first paper, with the child's start: {(time.perf_counter() - began) * 1000:.0f} ms")
    missed = False
    for layout, make, goal in (("receipt", receipt, RECEIPT), ("sheet", sheet, SHEET)):
        cpu, clock = measured(pdf, layout, make, told.rounds)
        print(f"{layout}: {cpu:.1f} ms of CPU a page (goal {goal}), {clock:.1f} ms by the clock")
        missed |= cpu > goal
    print(f"memory of the child: {megabytes(pdf.child_pid):.0f} MB at most")
    pdf.close()
    sys.exit(missed)


if __name__ == "__main__":
    main()
