"""要闻、专题和重要信息: what a school, a province, an agency or the site tells everybody, with the files that belong to it.

Not here: what may happen to one (`domain/news.py`), nor messages to one person (`messages.py`).
"""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, TextField

from webapp.models.base import KeyedRow, Moment
from webapp.models.certification import Agency
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class News(KeyedRow):
    """One announcement. `kind`: news 要闻, topic 专题, notice 重要信息. `state`: draft 草稿, published 已发布, withdrawn
    已撤下.

    It is the site's own where neither `unit`, `province` (GB/T 2260) nor `agency` says whose it is. It is shown from the day
    `starts` until the day `ends`, both included and in China; without `ends` it stays. `body` is plain paragraphs.
    """

    state = CharField(max_length=10, default="draft")
    kind = CharField(max_length=8)
    title = CharField(max_length=60)
    body = TextField()
    unit = ForeignKeyField(Unit, null=True, backref="+")
    province = CharField(max_length=2, default="")
    agency = ForeignKeyField(Agency, null=True, backref="+")
    starts = DateField()
    ends = DateField(null=True)
    pinned = BooleanField(default=False)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    updated = Moment()

    class Meta:
        indexes = ((("state", "pinned", "starts", "id"), False), (("updated", "id"), False))


class NewsFile(KeyedRow):
    """附件: a PDF or a picture that belongs to an announcement; `name` is what it is called on the page."""

    news = ForeignKeyField(News, backref="files")
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    name = CharField(max_length=80)
