"""学籍信息更正 as students meet it: asking for a correction, following it, and the earlier values of a record."""
