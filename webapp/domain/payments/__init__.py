"""Money for an application: orders at vendors, what they tell us of them, money taken by hand, refunds, invoices."""
