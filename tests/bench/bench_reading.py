"""How fast a roster is read and understood, as ratios to bare `csv.reader` on the same rows: CPU time, least of three.
Run: python -m tests.bench.bench_reading [--rows 200000]. Not the import itself: no encryption, no SQL."""

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

from webapp.domain import rosters
from webapp.domain.identity import id_numbers
from webapp.providers import sheets

HEADER = [
    "学号", "考生号", "姓名", "性别", "出生日期", "身份证号", "民族", "政治面貌", "学院", "专业名称", "专业代码", "班级",
    "层次", "学制", "学历类别", "学习形式", "入学日期", "预计毕业日期", "学籍状态", "联系电话",
]  # fmt: skip
GIVEN = "一乙丁七万三上下不与世业东丝两严中丰临丹为主丽举久义之乐乔九也习书乡买乾了予事二于云五井亚交亦产亨亩享京亭亮人"


def student(i: int) -> list[str]:
    """Made-up student number `i`, whose 20 cells are as distinct and as repeated as in a school's file."""
    first17 = f"110105{1990 + i // 336_000 % 18}{1 + i % 12:02}{1 + i // 12 % 28:02}{i // 336 % 1000:03}"
    number = first17 + id_numbers.check_digit(first17)
    name = "林何安周郑孙"[i % 6] + GIVEN[i % 47] + GIVEN[i // 47 % 53]
    return [
        f"{2025_000_000 + i:012}", f"25110105{i % 1_000_000:06}", name, "女男"[int(number[16]) % 2], number[6:14], number,
        "汉族" if i % 11 else "回族", "共青团员", f"学院{i % 30}", f"专业{i % 100}", f"08{i % 100:04}", f"班级{i % 700}",
        "本科", "4", "普通高等教育", "普通全日制", "2025-09-01", "2029-07-01", "注册学籍", f"1380000{i % 10_000:04}",
    ]  # fmt: skip


def write_csv(path: Path, count: int, codec: str) -> Path:
    with path.open("w", encoding=codec, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(map(student, range(count)))
    return path


def write_xlsx(path: Path, count: int) -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("名册")
    for y, row in enumerate([HEADER, *map(student, range(count))]):
        for x, cell in enumerate(row):
            page.write_string(y, x, cell)
    book.close()
    return path


def bare(path: Path) -> Iterable:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def understood(path: Path, kind: str) -> Iterable:
    return rosters.read(rosters.ENROLMENT, sheets.rows(path, kind, sheets.CLI))


def judged(path: Path, kind: str) -> Iterable:
    doubles = rosters.Doubles(rosters.ENROLMENT)
    for sheet, number, person, problems in understood(path, kind):
        yield problems or doubles.check(person, sheet, number)


def cpu() -> float:
    mine, childrens = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + childrens.ru_utime + childrens.ru_stime


def least(make: Callable[[], Iterable], times: int = 3) -> float:
    """CPU seconds, children's included, of going through what `make` gives; the least of some tries."""
    spent = []
    for _ in range(times):
        before = cpu()
        for _row in make():
            pass
        spent.append(cpu() - before)
    return min(spent)


def peak_megabytes(path: Path) -> float:
    """Peak memory of a fresh process that reads the csv, understands every row and looks for doubles."""
    code = (
        "import resource, sys; from pathlib import Path; from tests.bench.bench_reading import judged\n"
        "for _ in judged(Path(sys.argv[1]), 'csv'): pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=200_000)
    count = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        utf8, gb = write_csv(here / "u.csv", count, "utf-8"), write_csv(here / "g.csv", count, "gb18030")
        book_rows = min(count, 50_000)
        book, small = write_xlsx(here / "b.xlsx", book_rows), write_csv(here / "s.csv", count // 10, "utf-8")
        floor = least(lambda: bare(utf8)) / count
        print(f"{count} rows of {len(HEADER)} cells; bare csv.reader {1 / floor:,.0f} rows per CPU second")
        for what, make, rows in (
            ("csv utf-8, as text", lambda: sheets.rows(utf8, "csv", sheets.CLI), count),
            ("csv gb18030, as text", lambda: sheets.rows(gb, "csv", sheets.CLI), count),
            ("xlsx, as text, child included", lambda: sheets.rows(book, "xlsx", sheets.CLI), book_rows),
            ("csv, understood", lambda: understood(utf8, "csv"), count),
            ("csv, understood, doubles", lambda: judged(utf8, "csv"), count),
            ("xlsx, understood, doubles", lambda: judged(book, "xlsx"), book_rows),
        ):
            each = least(make) / rows
            print(f"{what:32} {1 / each:>10,.0f} rows/s {each * 1e6:6.1f} µs a row {each / floor:6.1f} × bare")
        print(f"peak memory: {peak_megabytes(small):.0f} MB at {count // 10} rows, {peak_megabytes(utf8):.0f} MB at {count}")


if __name__ == "__main__":
    main()
