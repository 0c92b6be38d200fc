"""我的消息 as its reader sees it."""
