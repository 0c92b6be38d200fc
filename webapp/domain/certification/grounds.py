"""Why an agency asks back, takes longer or gives no report, as codes (spec 7.10, R-CRT-19, R-CRT-39).

Their sentences are `web/certification_words.py`; a new one is a line in both. Not here: who decides (`deciding.py`).
"""

ASKS = ("degree_certificate", "unclear", "incomplete", "wrong_paper", "mismatch", "more_proof")
"""学位证书不能代替毕业证书 · 看不清 · 缺页 · 不是要的材料 · 填写的与材料不一致 · 还要别的证明."""

DELAYS = ("no_answer", "archives", "many")
"""学校或省里还没有答复 · 要查阅档案 · 申请集中."""

FINAL = ("unrecognised", "not_national", "against_policy")
"""不属于国家承认学历证书 · 不属于国民教育学历证书 · 不符合文件、政策规定: reconsidering changes nothing (R-CRT-39)."""

REFUSALS = (*FINAL, "not_found", "mismatch", "unproved")
"""Conclusions without a report; beside the final ones 查无此证书 · 与核查结果不一致 · 材料不能证明."""

NOTE = 200
"""Characters of what the applicant is told beside a code."""
