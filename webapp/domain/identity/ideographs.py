"""Which ideographs a name may hold: every one of GB 18030-2022 and the extensions after it, as ranges (R-ACC-15).
Not a font table: whether a page or a PDF can draw a character is another question."""

RANGES = (
    (0x3007, 0x3007),  # 〇
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # the unified block, to its end
    (0xF900, 0xFA6D),  # compatibility
    (0xFA70, 0xFAD9),
    (0x20000, 0x2A6DF),  # B
    (0x2A700, 0x2B739),  # C
    (0x2B740, 0x2B81D),  # D
    (0x2B820, 0x2CEA1),  # E
    (0x2CEB0, 0x2EBE0),  # F
    (0x2EBF0, 0x2EE5D),  # I
    (0x2F800, 0x2FA1D),  # compatibility supplement
    (0x30000, 0x3134A),  # G
    (0x31350, 0x323AF),  # H
)
"""First and last code point of each range, both inside. Written out because Python's own table ends at Unicode 14."""

PATTERN = "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES)
"""The same for the inside of a regular expression's square brackets."""


def is_ideograph(character: str) -> bool:
    """Whether one character is an ideograph that a name may hold."""
    point = ord(character)
    return any(first <= point <= last for first, last in RANGES)
