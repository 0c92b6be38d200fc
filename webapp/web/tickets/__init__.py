"""我的咨询 as the asker sees it."""
