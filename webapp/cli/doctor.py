"""`xuedang doctor`: is this deployment well? A line for each question, with the way on where the answer is not good.

It changes nothing. What is asked lives in `health.py`.
"""

import argparse

from webapp.cli import health, health_money
from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("doctor", help=_("检查站点是否正常，每项一行"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Exit code 1 when something is bad; warnings alone give 0."""
    with opened(told) as settings:
        answers = [answer for question in (*health.QUESTIONS, health_money.payments) for answer in question(settings)]
    for level, text in answers:
        print(f"{level:<5}{text}")
    return 1 if any(level == health.BAD for level, _text in answers) else 0
