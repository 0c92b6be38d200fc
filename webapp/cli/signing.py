"""`xuedang signing`: the keys that sign reports, the site's and agencies': `show` them, `rotate` to another, `revoke` one that
may be in wrong hands.

Not here: the keys that seal the data (`keys.py`).
"""

import argparse

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import certificates, clock, signing
from webapp.domain.certification import agencies
from webapp.models.signing import SigningKey


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("signing", help=_("查看、更换或者吊销给报告签名的密钥"))
    what = parser.add_subparsers(dest="what", required=True)
    add_data(what.add_parser("show", help=_("列出签名密钥")))
    rotate = what.add_parser("rotate", help=_("换一把新的密钥，以前签的仍有效"))
    rotate.add_argument("--agency", metavar=_("名称"), help=_("换受理机构自己的密钥，还没有就生成第一把"))
    add_data(rotate)
    revoke = what.add_parser("revoke", help=_("吊销一把密钥，它签过的都不再有效，报告会重新签名"))
    revoke.add_argument("kid", metavar=_("编号"))
    revoke.add_argument("--reason", required=True, choices=tuple(certificates.REASONS))
    add_data(revoke)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """The site may run meanwhile. Raises Refused: signing_key_unknown, agency_unknown, moved_on."""
    with opened(told):
        if told.what == "rotate":
            agency = agencies.called(told.agency) if told.agency else None
            print(_("现在用密钥 %(kid)s 签名", kid=signing.rotate(agency).kid))
        elif told.what == "revoke":
            revoked = signing.revoke(told.kid, told.reason)
            print(_("已吊销 %(kid)s。还有效的报告由后台任务重新签名，持有旧 PDF 的人要重新下载", kid=revoked.kid))
            print(_("现在用密钥 %(kid)s 签名", kid=signing.signer(signing.owner(revoked)).kid))
        else:
            show()


def show() -> None:
    keys = [*signing.roots(), *signing.signers()]
    for key in keys:
        print(_line(key))
    if not keys:
        print(_("还没有密钥：第一次启动时生成"))


def _line(key: SigningKey) -> str:
    ends = clock.shown(key.ends).date()
    whose = certificates.named(key.certificate) if key.owner else ""
    return f"{key.kid}  {key.part:<6}  {key.state:<7}  {ends}  {key.reason:<10}  {whose}".rstrip()
