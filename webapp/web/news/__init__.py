"""新闻和通知 for everybody (R-MSG-17)."""
