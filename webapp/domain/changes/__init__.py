"""What a holder changes about who they are and how they are reached: phone, name, document, and leaving (R-ACC-44 to 56)."""
