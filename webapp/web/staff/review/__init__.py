"""The desk where staff decide from photos whose an identity is (R-DUP-13 to 16, 22 to 24, 29)."""
