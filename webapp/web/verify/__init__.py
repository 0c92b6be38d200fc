"""核验: the pages for who was given a code, a QR or a PDF, without an account. The holders' pages are `reports/`."""
