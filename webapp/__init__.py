"""学档 (Xuedang): student-record accounts, self-check and verification, run by a school itself."""
