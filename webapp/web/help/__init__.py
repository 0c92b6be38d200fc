"""帮助中心: search, answers by kind, the assistant (R-MSG-07, R-MSG-08, R-MSG-10, R-MSG-13)."""
