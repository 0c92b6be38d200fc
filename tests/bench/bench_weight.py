"""What a phone fetches, packed with gzip: the first page with all that it needs, and later steps alone.

Run: ``python -m tests.bench.bench_weight [--short]``. Not how fast that is: bytes and requests, the same on any machine.
"""

import argparse
import sys

from tests.bench.deployment import deployed
from tests.pages import Weight, weighed
from tests.people import make_account, make_school
from webapp.domain import sessions
from webapp.models.accounts import Account
from webapp.models.records import Record

FIRST, LATER, REQUESTS = 25 * 1024, 5 * 1024, 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="fails only beyond three times the goal")
    slack = 3 if parser.parse_args().short else 1
    over = [told for told in found() if told > slack]
    sys.exit(bool(over))


def found() -> list[float]:
    """The share of its goal that each page takes, printed as it is found."""
    with deployed() as app:
        record = make_school().records[0]
        account = make_account(record, "13800000101")
        proved = {"school_proved": record.updated, "records_seen": record.updated}
        Account.update(**proved).where(Account.id == account.id).execute()
        Record.update(account=account, bound_how="auto").where(Record.id == record.id).execute()
        visitor, student = app.test_client(), app.test_client()
        student.set_cookie("xd_session", sessions.begin(account, "bench", "bench"))
        first = [(visitor, "/"), (visitor, "/register/phone"), (visitor, "/login")]
        shares = [say(path, weighed(client, path)) for client, path in first]
        for path in ("/menu", "/records", f"/records/{record.key}", "/me"):
            page = weighed(student, path, **{"HX-Request": "true"}).page
            print(f"later step {path.replace(record.key, '…'):18} {page:6} bytes, ratio {page / LATER:.2f} (goal {LATER})")
            shares.append(page / LATER)
        return shares


def say(path: str, weight: Weight) -> float:
    print(
        f"first page {path:18} {weight.whole:6} bytes, ratio {weight.whole / FIRST:.2f} (goal {FIRST}); "
        f"{weight.requests} requests (goal {REQUESTS}); the page alone {weight.page}"
    )
    return max(weight.whole / FIRST, weight.requests / REQUESTS)


if __name__ == "__main__":
    main()
