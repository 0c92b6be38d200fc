"""国际合作申请: a holder sends reports and transcripts abroad, each to one receiver, and sees what becomes of them."""
