"""The five questions of 学校满意度: as they are asked, and in short as the office's table heads its rows."""

from flask_babel import lazy_gettext as _l

QUESTIONS = {
    "overall": _l("1. 总的来说，学校怎么样？"),
    "teaching": _l("2. 老师和课程"),
    "campus": _l("3. 教室、图书馆和校园环境"),
    "life": _l("4. 宿舍、食堂和日常生活"),
    "service": _l("5. 学校办事"),
}

SHORT = {
    "overall": _l("总的来说"),
    "teaching": _l("老师和课程"),
    "campus": _l("校园环境"),
    "life": _l("日常生活"),
    "service": _l("学校办事"),
}
