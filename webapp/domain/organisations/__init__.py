"""会员单位: an organisation applies, the administrator approves it, its people check reports (R-RPT-24, R-RPT-26)."""
