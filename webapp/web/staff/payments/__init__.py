"""收款和发票: the agency's or the school's own money, refunds and invoices."""
