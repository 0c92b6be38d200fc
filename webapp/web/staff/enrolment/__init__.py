"""学籍注册 for the records office and the province: new students, school years, 异动, approvals, admission data, old names."""
