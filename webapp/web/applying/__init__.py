"""网上申请 on screen: the landing page, the six steps of an application, up to 确认提交."""
