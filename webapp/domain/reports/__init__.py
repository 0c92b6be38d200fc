"""在线验证报告: a holder issues one, and whoever has its code sees whether it is true."""
