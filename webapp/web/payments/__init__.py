"""Paying for an application or a report, the vendors' notices, and 我的发票."""
