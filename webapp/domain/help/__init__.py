"""帮助中心: finding the answer that fits a question. The answers themselves are `templates/texts/`."""
