"""Paying for an application, the vendors' notices, and 我的发票."""
