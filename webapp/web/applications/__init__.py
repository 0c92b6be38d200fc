"""我的认证: what becomes of an application after it was handed in, for its owner; and the queries that anybody may make."""
