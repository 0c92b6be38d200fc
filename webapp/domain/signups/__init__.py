"""邮箱注册: becoming an account by e-mail. Until all is told there is none (R-ACC-30, R-ACC-54)."""
