"""学历注册: the graduates of a year, what stands against each, certificate numbers, registering and 公布."""
