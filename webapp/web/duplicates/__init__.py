"""证件号码重复: the ways in which a claimant shows whose an identity is, the classmate's page, and the other holder's."""
