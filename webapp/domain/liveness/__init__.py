"""实人验证: is the holder there, before the camera or on a photo with the document."""
