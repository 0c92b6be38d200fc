"""实人验证: is the person there whom something is about; the way from the computer to the phone, and what the camera saw.

Not here: who may do what (`domain/liveness/`), nor what follows from a pass.
"""

from peewee import CharField, ForeignKeyField, IntegerField

from webapp.domain.identity import verification_codes
from webapp.models.accounts import Account, Session
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.certification import Agency
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class PersonCheck(KeyedRow):
    """One holder of one thing: `purpose` (application, duplicate, level, change, overseas, recovery) and `subject`, its key;
    `identity_index` says whose face.

    `state`: open 未实人验证, judging (a job compares), looking (a machine makes the photo harmless), waiting 待审核,
    in_review, passed 已完成. `account` asked for it (none where nobody can log in), `unit` is the holder's school and
    `agency` who takes the application: their people look at the photo. `tries` counts failures, `consented` is when the
    holder agreed to the face check.
    `prompts` are those of the try under way. `method`: face, photo. `provider`, `score` (0 to 100) and `why` tell of the
    last try, `reasons` and `note` of a photo that was not taken; `due` is until when staff look, `lease` until when
    `holder` keeps the case.
    """

    purpose = CharField(max_length=12)
    subject = CharField(max_length=22)
    identity_index = CharField(max_length=43)
    account = ForeignKeyField(Account, null=True, backref="person_checks", index=False)
    unit = ForeignKeyField(Unit, null=True, backref="+", index=False)
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    state = CharField(max_length=10, default="open")
    tries = IntegerField(default=0)
    consented = Moment(null=True)
    prompts = CharField(max_length=60, default="")
    method = CharField(max_length=8, default="")
    provider = CharField(max_length=16, default="")
    score = IntegerField(null=True)
    why = CharField(max_length=24, default="")
    judged = Moment(null=True)
    photo = ForeignKeyField(Upload, null=True, backref="+", index=False)
    sent = Moment(null=True)
    due = Moment(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+", index=False)
    lease = Moment(null=True)
    reasons = CharField(max_length=120, default="")
    note = Sealed(null=True)
    decided = Moment(null=True)
    created = Moment()

    class Meta:
        indexes = (
            (("purpose", "subject", "identity_index"), True),
            (("state", "due", "id"), False),
        )


class Shot(Row):
    """One frame of the try under way: the camera's `place`th picture after a prompt. Gone with the verdict (R-RPV-11)."""

    check_row = ForeignKeyField(PersonCheck, backref="shots", column_name="check_id", on_delete="CASCADE")
    prompt = CharField(max_length=8)
    place = IntegerField()
    upload = ForeignKeyField(Upload, backref="+", index=False)

    class Meta:
        indexes = ((("check_row", "prompt", "place"), True),)


class Handoff(KeyedRow):
    """The way to the device with the camera: one token, used once.

    `way`: code (from the computer's `session`, with a typed `code`), here (the same device), link (an SMS to the holder's
    own phone, which is `proved` by a code). `match` is the number that both screens show. It may be opened until `until`;
    `opened` binds it to one browser, `ended` says that it is over.
    """

    check_row = ForeignKeyField(PersonCheck, backref="handoffs", column_name="check_id", on_delete="CASCADE")
    way = CharField(max_length=8)
    token = Sealed(null=True)
    token_index = Blind("handoff_token", verification_codes.clean, of=token, unique=True)
    code = Sealed(null=True)
    code_index = Blind("handoff_code", verification_codes.clean, of=code, unique=True)
    match = CharField(max_length=2, default="")
    session = ForeignKeyField(Session, null=True, backref="+", on_delete="SET NULL")
    created = Moment()
    until = Moment()
    opened = Moment(null=True)
    proved = Moment(null=True)
    ended = Moment(null=True)
