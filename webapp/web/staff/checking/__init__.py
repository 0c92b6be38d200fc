"""查验: what a member of an organisation finds behind the log-in: one code, many codes, what was asked, keys of programs."""
