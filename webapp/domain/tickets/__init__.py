"""咨询: questions to the office and their answers, from the site and by mail. Each module is one side of it."""
