"""受理机构 on screen: what the administrator keeps of all, and a lead of the own one."""
