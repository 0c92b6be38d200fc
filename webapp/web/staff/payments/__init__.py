"""收款和发票: the agency's own money, refunds and invoices."""
