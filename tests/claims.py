"""Claims with photos, for tests of what comes after them: claimants without end, each with an identity of her own."""

from itertools import count

from tests.domain.test_duplicates import colleague
from tests.people import School, make_account, make_record
from tests.scenes import saved, scene
from tests.world import World
from webapp.domain.duplicates import cases, review, sending
from webapp.domain.reasons import Picked
from webapp.models.duplicates import Claim, Party, Submission
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Class
from webapp.providers.files import Files


class Claims:
    """Everything happens as on the site: uploads are stored sealed, jobs look at them, the desk decides."""

    def __init__(self, world: World, school: School) -> None:
        self.world, self.school, self._numbers = world, school, count(1)
        self.desk = [colleague(school.unit, name) for name in ("ma", "tan")]

    def party(self) -> Party:
        """A claimant whose number is taken by an account that nobody used for long."""
        n = next(self._numbers)
        born = f"{1990 + n // 336 % 15}{1 + n % 12:02}{1 + n // 12 % 28:02}"
        record = make_record(self.school.unit, Class.get(), ("林晓溪", born, "女"), f"20199{n:05d}", serial=300 + n % 600)
        make_account(record, f"1380001{n:04d}")
        return cases.open_or_join(make_account(record, f"1380002{n:04d}", state="duplicate"))

    def rival(self, party: Party) -> Party:
        """Somebody else who claims the same identity."""
        n = next(self._numbers)
        record = Record.get(Record.identity_index == party.account.identity_index)
        return cases.open_or_join(make_account(record, f"1380004{n:04d}", state="duplicate"))

    def upload(self, party: Party, slot: str, data: bytes) -> Upload:
        files = Files(self.world.worker.outside.storage)
        kept = files.keep(data, "claim_photo", account=party.account, expires=sending.kept_until())
        sending.attach(sending.draft(party), slot, kept)
        return kept

    def hand_in(self, party: Party, holding: bytes, **more: bytes) -> Submission:
        """The whole set with this picture of the person; what is not given is a photo that nobody else has."""
        for n, slot in enumerate(sending.slots_of(party)):
            own = saved(scene(1_000_000 + party.id * 10 + n, (800, 600)))
            self.upload(party, slot, holding if slot == "holding_front" else more.get(slot, own))
        submission = sending.submit(sending.draft(party))
        self.world.work()
        return Submission.get_by_id(submission.id)

    def approve(self, party: Party) -> None:
        """By one person, and by another where two are asked for."""
        for actor in self.desk:
            claim = Claim.get_by_id(party.claim_id)
            if claim.state in review.TAKE:
                review.approve(review.take(claim, actor), actor, party, {}, party.account.document[-6:])

    def refuse(self, party: Party) -> None:
        for actor in self.desk:
            claim = Claim.get_by_id(party.claim_id)
            if claim.state in review.TAKE:
                review.refuse(review.take(claim, actor), actor, Picked(("not_holding",)), {})
