"""找回: the user name and a new password, for who cannot log in. Everybody sees the same pages."""
