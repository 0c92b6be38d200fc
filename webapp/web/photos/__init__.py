"""学历电子注册图像校对 as the student meets it: the data, the photo, and a word on each."""
