"""证件号码重复: who an identity belongs to, when two accounts name the same one (R-DUP-01 to 30)."""
