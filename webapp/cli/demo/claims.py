"""Three cases for the desk: students who registered a second time, with drawn photos of themselves and their cards.

Not here: what happens to a case (`domain/duplicates/`); the pictures are shapes and made-up letters, nobody's papers.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from webapp.cli.demo import people, portraits
from webapp.domain import accounts, limits
from webapp.domain.accounts import Identity
from webapp.domain.duplicates import cases, sending
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.providers.files import Files

CASES = 3
WIDE, HIGH = 1200, 900
WALLS = ((226, 222, 212), (190, 206, 214), (214, 196, 190))
TABLES = ((92, 96, 104), (150, 116, 84), (60, 84, 74))
CARD = (640, 404)
"""An identity card's proportions, 85.6 by 54 mm."""


def make(records: list[Record], password_hash: str, phones: Iterator[int], files: Files) -> None:
    """One case for each of the first records, handed in and waiting for the machine's look."""
    for n, record in enumerate(records[:CASES]):
        identity = Identity(record.name, record.document_kind, record.country, record.document)
        account = accounts.new(identity, people.phone(next(phones)), password_hash, state="duplicate")
        account.save(force_insert=True)
        limits.spend("claim:told", record.account.key)  # nobody is warned by an SMS while the demo is laid down
        _hand_in(account, n, record.sex == "2", files)


def _hand_in(account: Account, n: int, long_hair: bool, files: Files) -> None:
    submission = sending.draft(cases.open_or_join(account))
    for slot in sending.slots(submission):
        jpeg = _photo(slot, n, long_hair, account.document)
        sending.attach(submission, slot, files.keep(jpeg, "claim_photo", account=account))
    sending.submit(submission)


def _photo(slot: str, n: int, long_hair: bool, number: str) -> bytes:
    """The picture for a slot: the person with the card, or the card alone."""
    front = slot.endswith("front")
    canvas = Image.new("RGB", (WIDE, HIGH), WALLS[n] if slot.startswith("holding") else TABLES[n])
    card = _card(n, long_hair, number) if front else _back(n)
    if slot.startswith("holding"):
        with Image.open(BytesIO(portraits.portrait(n * 5, long_hair))) as portrait:
            canvas.paste(portrait.resize((675, HIGH)), (40 + n * 60, 0))
        canvas.paste(card.resize((440, 278)), (600 + n * 50, 560 - n * 70))
    else:
        canvas.paste(card.resize((960 - n * 120, 606 - n * 76)), (60 + n * 150, 90 + n * 70))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=88)
    return out.getvalue()


def _card(n: int, long_hair: bool, number: str) -> Image.Image:
    card = Image.new("RGB", CARD, (238, 242, 250))
    with Image.open(BytesIO(portraits.portrait(n * 5, long_hair))) as portrait:
        card.paste(portrait.resize((165, 220)), (440, 50))
    pen = ImageDraw.Draw(card)
    for top, wide in ((60, 150), (120, 90), (180, 210), (240, 320), (275, 260)):
        pen.rounded_rectangle((40, top, 40 + wide, top + 18), 6, fill=(120, 126, 160))
    pen.text((40, 335), f"DEMO  {number}", fill=(30, 30, 40), font=ImageFont.load_default(30))
    return card


def _back(n: int) -> Image.Image:
    card = Image.new("RGB", CARD, (236, 226, 214))
    pen = ImageDraw.Draw(card)
    pen.ellipse((60 + n * 90, 60, 200 + n * 90, 200), outline=(190, 60, 50), width=10)
    pen.text((60, 230 + n * 20), "SPECIMEN", fill=(120, 40, 40), font=ImageFont.load_default(54 + n * 16))
    pen.text((240, 340), f"20{20 + n}.07.02-20{40 + n}.07.02", fill=(30, 30, 40), font=ImageFont.load_default(28))
    return card
