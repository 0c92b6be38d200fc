"""The first half of registering by e-mail: an address and a password, and the mailed link that proves the address (R-ACC-30).

Not here: who it is (`proof.py`), and the account that comes of it (`finishing.py`).
"""

from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.domain import clock, defaults, limits, messages, passwords
from webapp.domain.identity import emails
from webapp.domain.identity import passwords as rules
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import VISITOR, Can
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import transaction
from webapp.models.signups import Signup

FINISH = timedelta(hours=72)
"""For how long a sign-up whose link was opened waits for the rest, as a draft does."""

SIGNUP = Lifecycle(
    Signup,
    #    name       from                   to         who may
    Move("open", ("mailed",), "opened"),
    Move("finish", ("opened",), "done"),
    Move("hand_in", ("opened",), "waiting"),
    Move("approve", ("waiting",), "done", Can.SECOND),
    Move("refuse", ("waiting",), "refused", Can.SECOND),
    Move("expire", ("mailed", "opened", "waiting"), "expired"),
)
"""mailed 待激活, opened 待完善实名信息, waiting for a person who looks (overseas alone)."""

SWITCHES = {"email": "acc.email_activation", "overseas": "acc.overseas"}


def is_open(way: str) -> bool:
    """Does this site offer this way to register?"""
    return defaults.value(SWITCHES[way])


def begin(way: str, typed: str, password: str, language: str, network: str) -> Signup | None:
    """Mail a link; whether the address has an account is told in the mail alone. Call it outside a transaction.

    Raises email_format, email_limit (until), password_*, busy. None where the address has an account.
    """
    address = emails.clean(typed)
    emails.check(address)
    rules.check(password, (address,))
    hashed = passwords.hash(password)
    with transaction():
        limits.spend("signup:email", address)
        if _has_account(address):
            messages.mail(address, "signup_known", language=language)
            return None
        at = clock.now()
        wait = at + timedelta(hours=defaults.value("acc.activation_hours"))
        row = {"way": way, "email": address, "password_hash": hashed, "language": language, "network": network}
        signup = Signup.create(**row, created=at, mailed=at, expires=wait)
        _mail(signup)
    return signup


def send_again(signup: Signup) -> None:
    """A new link; the one before it ends. Raises email_limit (until), moved_on once it was opened."""
    with transaction():
        signup = signup.locked()
        if signup.state != "mailed":
            raise Refused("moved_on", state=signup.state)
        limits.spend("signup:email", signup.email)
        signup.mailed = clock.now()
        signup.expires = signup.mailed + timedelta(hours=defaults.value("acc.activation_hours"))
        signup.save()
        _mail(signup)


def _mail(signup: Signup) -> None:
    token = _links().dumps([signup.key, clock.seconds(signup.mailed)])
    messages.mail(signup.email, "signup", language=signup.language, token=token, until=signup.expires)


def _has_account(address: str) -> bool:
    same = (Account.email_index == Account.email_index.of(address)) & Account.email_proved.is_null(False)
    return Account.select().where(same & Account.state.in_(ALIVE)).exists()


def read(token: str) -> Signup | None:
    """The sign-up that the link of a mail opens; None for a link that is used, too old, or not ours."""
    try:
        key, mailed = _links().loads(token)
    except BadSignature:
        return None
    signup = Signup.by_key(key)
    fits = signup is not None and signup.state == "mailed" and clock.seconds(signup.mailed) == mailed
    return signup if fits and signup.expires > clock.now() else None


def open(token: str) -> Signup:
    """The address is proved. Raises signup_link."""
    signup = read(token)
    if signup is None:
        raise Refused("signup_link")
    return SIGNUP.move(signup, "open", VISITOR, expires=clock.now() + FINISH)


def opened(key: str | None) -> Signup | None:
    """The sign-up of a browser, while it waits for who it is."""
    signup = Signup.by_key(key) if key else None
    return signup if signup is not None and signup.state == "opened" and signup.expires > clock.now() else None


def handed_in(key: str | None) -> Signup | None:
    """The sign-up of a browser, while it waits for its person to come to the office, or before the camera."""
    signup = Signup.by_key(key) if key else None
    return signup if signup is not None and signup.state == "waiting" else None


def is_done(key: str | None) -> bool:
    """Has the sign-up of a browser become an account?"""
    signup = Signup.by_key(key) if key else None
    return signup is not None and signup.state == "done"


def resume(typed: str, password: str) -> Signup:
    """Go on in another browser, with address and password. One answer and the same work for all: login_wrong, busy."""
    address = emails.clean(typed)
    limits.spend("signup:resume", address)
    goes_on = (Signup.state == "waiting") | ((Signup.state == "opened") & (Signup.expires > clock.now()))
    mine = (Signup.email_index == Signup.email_index.of(address)) & goes_on
    found = Signup.select().where(mine).order_by(Signup.id.desc()).first()
    if not passwords.verify(found.password_hash if found else None, password):
        raise Refused("login_wrong")
    return found


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt="signup")
