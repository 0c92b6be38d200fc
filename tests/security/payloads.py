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
