"""学历注册 as the records office uses it: years, lists with what stands against whom, numbers, publication."""
