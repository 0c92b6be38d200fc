"""The domain's polite no. It carries a code and facts; `web/words.py` makes the sentence that a person reads."""


class Refused(Exception):
    """Something may not happen now.

    `code` names why, as in ``"phone_taken"``; `facts` fill the sentence (numbers, times, a character), never a secret.
    Every code has words in both languages in `web/words.py` (a test keeps that).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
