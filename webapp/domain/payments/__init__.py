"""Money for applications and reports: orders at vendors, what these tell us, money taken by hand, refunds, invoices."""
