"""What hostile people type. Nothing here is clever; it is only everything at once."""

MARKED = (
    "<x-evil>", "</p><x-evil>", "\"><x-evil>", "'><x-evil>", "</title><x-evil>", "</textarea><x-evil>", "</select><x-evil>",
    "</option></select><x-evil>", "</script><x-evil>", "--><x-evil>", "<!--><x-evil>", "]]><x-evil>", "<svg><x-evil>",
    "<math><mi><x-evil>", "<x-evil", "<x-evil/x=y", "＜x-evil＞<x-evil>", "&lt;x-evil&gt;<x-evil>", "&#60;x-evil&#62;",
    "%3Cx-evil%3E", "\\u003cx-evil\\u003e", "<<x-evil>>", "<x-evil><x-evil>", "\u202e<x-evil>", "\u200b<x-evil>\u200d",
    "\" x-evil=1 ", "' x-evil=1 ", "` x-evil=1 ", " x-evil=1", "\"x-evil=\"1", "\" onfocus=x-evil autofocus ", "' onclick='1",
    "\" hx-get=//evil ", "<img src=x onerror=1>", "<a href=javascript:1>x</a>", "javascript:x-evil", "data:text/html,<x-evil>",
    "{{ 7*7 }}<x-evil>", "{% include 'page.html' %}", "${7*7}#{7*7}<x-evil>",
)  # fmt: skip
"""Markup that would show as an element or an attribute called x-evil, or an on…, hx-… or javascript: of theirs."""

ODD = (
    "", " ", "\u3000", "\x01\x02\x1b", "\r\nX-Evil: 1\r\n", "\r\n.\r\n", "\ud7ff\ue000\ufffe\uffff", "\U0010ffff", "😀" * 20,
    "\u202e\u2066", "0", "-1", "²", "１２３", "９" * 20, "9" * 400, "1e309", "NaN", "00000000", "true", "null", "[]", "{}",
    '{"$ne":1}', "[" * 900, "' OR 1=1 --", "'; DROP TABLE account; --", "%", "_", "%s%n%x", "%00", "../../../etc/passwd",
    "/etc/passwd", "C:\\con", "//evil.example", "/\\evil.example", "https://evil.example/", "\t//evil.example", "a" * 3000,
    "长" * 3000, "=1+1", "@SUM(1)", "+1", "-1+1", "AAAAAAAAAAAAAAAAAAAAAA", "0001-01-01", "9999-12-31", "2026-02-30",
    "1900-01-01", "2100-12-31", "110105200801010000", "11010520080101002X", "13800000001", "a@b", "a" * 300 + "@example.edu.cn",
    "\u0130\u0131",
)  # fmt: skip
"""Numbers, dates, lists and letters at the edge of what anybody means."""

KEYS = (
    "%00", "%FF%FE", "%E4%B8%AD", "%0d%0aX-Evil:1", "..%2f..%2fetc%2fpasswd", "a" * 8000, "%F0%9F%98%80", "'%20OR%201=1--",
    "%25", "0", "-1", "records", "%3Cx-evil%3E", "AAAAAAAAAAAAAAAAAAAAAA", "close", "new", "IjAi.AAAA", "wrong",
)  # fmt: skip
"""What stands in an address where a key should."""

QUERIES = (
    *KEYS, "", "99999999999999999999999", "1e9", "0001-01-01", "9999-12-31", "all", "full", "%C2%B2", "[]", "{}", "a=b",
    "//evil.example",
)  # fmt: skip
ASKED = (
    "before", "after", "unit", "campaign", "class", "college", "who", "what", "action", "since", "until", "names", "state",
    "next", "lang",
)  # fmt: skip
"""Every name that some page looks for in an address, and what is written under it."""

HEADERS = {
    "HX-Request": ("true", "false", "\xff"),
    "HX-Request-Type": ("partial", "full", "x"),
    "HX-Target": ("main#main", "#", "<x-evil>"),
    "HX-Current-URL": ("http://[", "//evil.example", "\xff"),
    "Accept-Language": ("en", "zz;q=x", "," * 500, "\xff", "zh-Hant-TW;q=1e9"),
    "User-Agent": ("", "<x-evil>", "a" * 9000, "\xff" * 50),
    "Host": ("evil.example", "localhost:99999", "[::1", "", "a b", "<x-evil>"),
    "X-Forwarded-For": ("x", "1" * 300),
    "X-Forwarded-Host": ("evil.example",),
    "Accept-Encoding": ("gzip;q=x", "*;q=0", "\xff"),
    "Range": ("bytes=0-", "bytes=9999999999999999999-"),
    "If-None-Match": ("*", "\xff"),
    "If-Modified-Since": ("x", "Thu, 99 Xxx 9999 99:99:99 GMT"),
    "Referer": ("http://[", "javascript:1"),
}
