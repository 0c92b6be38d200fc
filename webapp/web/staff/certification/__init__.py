"""学历认证 at the agency: the queue, one item with its decision, papers sent out for checking (R-CRT-32, 35, 42)."""
