"""Sentences of a start that the settings do not allow: which setting, and the way on."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "keys_none": _l("XUEDANG_KEYS：没有 %(keys)s，运行 xuedang init"),
    "debug_public": _l("XUEDANG_DEBUG 开着，而 XUEDANG_URL 是公开的网址：关掉它"),
    "outbox_here": _l(
        "XUEDANG_SMS 和 XUEDANG_MAIL：本地发件箱不会真的发出。"
        "设一个网关（或 none）；只是试用，就写 XUEDANG_ALLOW_LOCAL_OUTBOX=1"
    ),
    "faces_mock": _l("XUEDANG_FACES：mock 谁都会通过。改成 manual、local 或 http；只是试用，就写 XUEDANG_ALLOW_LOCAL_OUTBOX=1"),
    "proxies_untold": _l("XUEDANG_TRUSTED_PROXIES：https 由代理接，写明前面有几个代理（多半是 1），否则所有人都成了同一个地址"),
    "jobs_inside": _l("XUEDANG_JOBS_INSIDE：用 granian 时设为 0，另外运行 xuedang worker"),
    "setting_needed": _l("缺少 %(name)s，%(by)s 要用"),
    "setting_begins": _l("%(name)s 的开头是其中一种：%(choices)s"),
    "setting_choice": _l("%(name)s 是其中一种：%(choices)s"),
    "setting_least": _l("%(name)s 至少是 %(least)s"),
    "setting_fault": _l("%(name)s：%(fault)s"),
    "schema_behind": _l("数据库还没有升级，缺 %(missing)s，运行 xuedang migrate up"),
    "granian_missing": _l("XUEDANG_SERVER：没有安装 granian，运行 pip install 'xuedang[server]'"),
    "address_taken": _l("--host %(host)s --port %(port)s：%(fault)s"),
    "site_exists": _l("%(folder)s 里已经有一个站点，没有改动"),
    "option_missing": _l("缺少 --%(option)s：%(question)s"),
    "option_wrong": _l("--%(option)s 不对：%(question)s"),
}
