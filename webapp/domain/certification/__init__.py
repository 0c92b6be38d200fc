"""学历认证: what is applied for, the application's way, the agency's decision, and the people who lied."""
