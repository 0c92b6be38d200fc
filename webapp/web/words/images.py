"""Why a picture was not taken (R-SYS-03, R-SYS-04)."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "file_infected": _l("文件里发现病毒，没有收下。在电脑上查杀，再换一个文件"),
    "image_kind": _l("这不是照片。换 JPG、PNG、HEIC 或 WebP 格式的照片"),
    "image_unreadable": _l("图片无法识别，换一张照片"),
    "image_small": _l("照片只有 %(width)s×%(height)s 像素，短边至少 %(least)s 像素，换一张大一些的"),
    "image_too_heavy": _l("照片压缩到 %(most)s 字节以内就看不清了，换一张简单些的"),
}
