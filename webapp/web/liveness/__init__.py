"""实人验证: the page of what it is asked for, and the pages of the device with the camera."""
