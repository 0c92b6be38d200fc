"""在线验证报告 as their holders meet them: issuing one, its page with code, QR and PDF, and who looked at it.

Not here: what strangers with a code see (`web/verify/`).
"""
