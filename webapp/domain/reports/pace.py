"""How often codes are looked up from one network, and what the next look-up costs a visitor there (R-RPT-15, T27).

Nobody is refused for where they are: past the free look-ups a captcha or a proof of work opens the next ones. Not here: the
captcha itself (`web/verify/passes.py`), nor the quota of an organisation.
"""

from datetime import timedelta

from webapp.domain import clock, defaults
from webapp.models import looks

MINUTE, DAY = timedelta(minutes=1), timedelta(hours=24)


def step(network: str) -> str:
    """What stands before the next look-up from `network`: "" (nothing), "once" (a captcha, for some time), "each" (one for
    every code).

    Looks themselves are what is counted. Several at the same moment may each be the last free one: as many as the server has
    threads, and no more.
    """
    at, each = clock.now(), defaults.value("rpt.lookup_day_proof")
    seen = looks.traffic(network, at - MINUTE, at - DAY, each)
    if seen.day >= each:
        return "each"
    busy = seen.minute >= defaults.value("rpt.lookup_per_min") or seen.day >= defaults.value("rpt.lookup_day_ip")
    return "once" if busy or seen.missed >= looks.IN_A_ROW else ""
