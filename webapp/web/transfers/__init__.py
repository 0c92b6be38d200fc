"""国际合作申请 on screen: sending reports and transcripts abroad, entering a transcript, and the receiver's page."""
