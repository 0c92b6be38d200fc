"""Sentences about pictures brought for an application: those of the page of rules word for word (R-CRT-17, R-CRT-18)."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "material_locked": _l("验证通过后，不允许修改信息及申请材料"),
    "material_waits": _l("已经提交申请，要改附件先在确认页按「返回修改」"),
    "material_slot": _l("这个项目不用交这一样"),
    "material_most": _l("不超过%(most)s张"),
    "material_there": _l("这张已经传过了，在同一个项目的另一样里；一张只交一次"),
    "material_spoilt": _l("这张刚才没通过，换一张"),
    "material_missing": _l("还没选照片"),
    "material_heavy": _l("每张上传图片大小限制在2MB"),
    "material_kind": _l("仅限jpg/png格式"),
    "material_small": _l("分辨率在200*200以上"),
    "material_differs": _l("选一种情况"),
    "material_nothing_new": _l("先传要补的照片，再提交"),
    "materials_missing": _l("还有必填的照片没传"),
}
