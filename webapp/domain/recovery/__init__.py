"""找回: the user name, a new password, and the phone that is somebody else's by now (R-REC-01 to 14)."""
