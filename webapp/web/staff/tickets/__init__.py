"""咨询 as the office answers it."""
