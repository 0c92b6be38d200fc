"""提醒: who has not done the self-check is told, by hand or by the clock, once a day at most (R-CHK-09, R-CHK-14)."""
