"""学籍信息更正: what a student may ask, what proves it, who decides in turn, and what the rules of a province add."""
