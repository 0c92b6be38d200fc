"""The code tables of records (spec 2-data §5.2–5.8, 5.10, 5.11): code, Chinese and English label, other spellings.
Not for choices of ours such as states of a case, and not for what a school calls its own colleges or majors."""

from dataclasses import dataclass

from webapp.domain.identity.code_table import Entry, Table


@dataclass(frozen=True, slots=True)
class Level(Entry):
    """层次. `certificate` is its two digits in a certificate number (§6.6), empty where there are none."""

    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Category(Entry):
    """学历类别. `certificate` is its digit in a certificate number (§6.6), empty where there is none."""

    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Status(Entry):
    """学籍状态. Whether the student is 在籍, and whether a report may be had (`marked`: with a note on it)."""

    in_school: bool = False
    reportable: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class EthnicGroup(Entry):
    """民族 (GB/T 3304-1991). `en` is the roman form, `letters` the two-letter code, empty for the two extras."""

    letters: str = ""


LEVELS = Table("levels", (
    Level("doctor", "博士研究生", "Doctoral degree student", ("博士", "博士生"), "01"),
    Level("master", "硕士研究生", "Master's degree student", ("硕士", "硕士生"), "02"),
    Level("master_class", "研究生班", "Postgraduate class"),
    Level("second_bachelor", "第二学士学位", "Second bachelor's degree", ("二学位", "第二学位", "双学位"), "04"),
    Level("bachelor", "本科", "Undergraduate", ("大学本科", "普通本科", "本科生"), "05"),
    Level("top_up", "专升本", "Undergraduate (after junior college)", ("专科起点本科", "专接本", "专起本"), "05"),
    Level("entry_bachelor", "高起本", "Undergraduate (after secondary school)", ("高升本", "高中起点本科"), "05"),
    Level("college", "专科", "Junior college", ("大专", "大学专科", "普通专科"), "06"),
    Level("vocational", "专科(高职)", "Junior college (higher vocational)", ("高职", "高职专科", "高职(专科)"), "06"),
    Level("second_college", "第二专科", "Second junior college course", (), "06"),
    Level("entry_college", "高起专", "Junior college (after secondary school)", ("高升专", "高中起点专科"), "06"),
    Level("preparatory", "预科", "Preparatory course", ("预科生",)),
))  # fmt: skip
"""层次 (§5.3)."""

CATEGORIES = Table("categories", (
    Category("graduate", "研究生教育", "Graduate education", ("研究生",), "1"),
    Category("regular", "普通高等教育", "Regular higher education", ("普通", "普通高校", "普通全日制高等教育"), "1"),
    Category("adult", "成人高等教育", "Adult higher education", ("成人", "成教", "成人教育"), "5"),
    Category("network", "网络教育", "Online education", ("网络", "远程教育", "现代远程教育"), "7"),
    Category("open", "开放教育", "Open education", ("开放",)),
    Category("self_taught", "高等教育自学考试", "Self-taught higher education examinations", ("自考", "自学考试"), "6"),
    Category("diploma_exam", "高等教育学历文凭考试", "Higher education diploma examinations", ("学历文凭考试",), "6"),
))  # fmt: skip
"""学历类别 (§5.4)."""

MODES = Table("modes", (
    Entry("regular_full_time", "普通全日制", "Full-time (regular)"),
    Entry("full_time", "全日制", "Full-time"),
    Entry("part_time", "非全日制", "Part-time"),
    Entry("released", "脱产", "Full-time, released from work", ("全脱产",)),
    Entry("spare_time", "业余", "Spare-time", ("半脱产", "业余半脱产")),
    Entry("correspondence", "函授", "Correspondence"),
    Entry("evening", "夜大学", "Evening university", ("夜大",)),
    Entry("network", "网络教育", "Online education", ("网络",)),
    Entry("open", "开放教育", "Open education", ("开放",)),
    Entry("self_taught", "自学考试", "Self-taught examinations", ("自考",)),
    Entry("on_job", "在职", "In-service", ("在职人员",)),
    Entry("unknown", "不详", "Not known", ("未知",)),
))  # fmt: skip
"""学习形式 (§5.5)."""

STATUSES = Table("statuses", (
    Status("A1", "在籍（注册学籍）", "Enrolled (registered)",
           ("注册学籍", "在籍", "在读", "在校", "已注册", "报到入学"), True, True),
    Status("A2", "在籍（休学）", "Enrolled (on leave)", ("休学",), True, True),
    Status("A3", "在籍（保留学籍）", "Enrolled (place kept)", ("保留学籍",), True, True),
    Status("A4", "在籍（暂缓注册）", "Enrolled (registration deferred)", ("暂缓注册",), True, True, True),
    Status("N1", "保留入学资格", "Admission kept"),
    Status("N2", "放弃入学资格", "Admission declined"),
    Status("N3", "取消入学资格", "Admission cancelled"),
    Status("N0", "待注册", "To be registered", ("未注册",)),
    Status("B1", "不在籍（毕业）", "No longer enrolled (graduated)", ("毕业", "已毕业"), False, True),
    Status("B2", "不在籍（结业）", "No longer enrolled (completed without graduating)", ("结业",), False, True),
    Status("B3", "不在籍（肄业）", "No longer enrolled (incomplete studies)", ("肄业",), False, True),
    Status("B4", "不在籍（退学）", "No longer enrolled (withdrawn)", ("退学",), False, True),
    Status("B5", "不在籍（转学）", "No longer enrolled (transferred)", ("转学", "转出"), False, True),
    Status("B6", "不在籍（开除学籍）", "No longer enrolled (expelled)", ("开除学籍", "开除"), False, True),
    Status("B7", "不在籍（取消学籍）", "No longer enrolled (enrolment cancelled)", ("取消学籍",), False, True),
    Status("B8", "不在籍（死亡）", "No longer enrolled (deceased)", ("死亡",)),
    Status("X1", "暂时屏蔽", "Withheld for now", ("屏蔽",), True),
))  # fmt: skip
"""学籍状态 (§5.6)."""

SPECIALS = Table("specials", (
    Entry("top_up", "普通专升本", "Top-up to a bachelor's degree", ("专升本",)),
    Entry("five_year", "五年一贯制", "Five-year continuous course", ("五年制", "五年一贯制高职")),
    Entry("three_two", "三二分段制", "Three and two years", ("三二分段", "3+2", "三二连读")),
    Entry("combined", "本硕连读", "Bachelor's and master's combined"),
    Entry("direct_doctor", "本科直博", "Bachelor's straight to doctorate", ("直博",)),
    Entry("hmt", "港澳台", "From Hong Kong, Macao or Taiwan", ("港澳台学生", "港澳台侨")),
))  # fmt: skip
"""Kinds of student that the province decides about (§5.14)."""

CONCLUSIONS = Table("conclusions", (
    Entry("graduated", "毕业", "Graduated"),
    Entry("completed", "结业", "Completed without graduating"),
    Entry("incomplete", "肄业", "Incomplete studies"),
))  # fmt: skip
"""毕（结）业结论 (§5.2)."""

POLITICAL = Table("political", (
    Entry("01", "中共党员", "Member of the Communist Party of China", ("党员", "中国共产党党员")),
    Entry("02", "中共预备党员", "Probationary member of the Communist Party of China",
          ("预备党员", "中国共产党预备党员")),
    Entry("03", "共青团员", "Member of the Communist Youth League of China", ("团员", "中国共产主义青年团团员")),
    Entry("04", "民革党员", "Member of the Revolutionary Committee of the Chinese Kuomintang", ("民革会员",)),
    Entry("05", "民盟盟员", "Member of the China Democratic League"),
    Entry("06", "民建会员", "Member of the China National Democratic Construction Association"),
    Entry("07", "民进会员", "Member of the China Association for Promoting Democracy"),
    Entry("08", "农工党党员", "Member of the Chinese Peasants' and Workers' Democratic Party"),
    Entry("09", "致公党党员", "Member of the China Zhi Gong Party"),
    Entry("10", "九三学社社员", "Member of the Jiusan Society"),
    Entry("11", "台盟盟员", "Member of the Taiwan Democratic Self-Government League"),
    Entry("12", "无党派民主人士", "Public figure without party affiliation", ("无党派人士", "无党派")),
    Entry("13", "群众", "No party affiliation", ("普通公民",)),
))  # fmt: skip
"""政治面貌 (§5.8, GB/T 4762-1984)."""

SEXES = Table("sexes", (
    Entry("1", "男", "Male", ("男性", "M")),
    Entry("2", "女", "Female", ("女性", "F")),
    Entry("0", "未知", "Not known", ("未知的性别",)),
    Entry("9", "未说明", "Not stated", ("未说明的性别",)),
))  # fmt: skip
"""性别 (§5.10, GB/T 2261.1)."""

PROVINCES = Table("provinces", (
    Entry("11", "北京", "Beijing", ("北京市",)),
    Entry("12", "天津", "Tianjin", ("天津市",)),
    Entry("13", "河北", "Hebei", ("河北省",)),
    Entry("14", "山西", "Shanxi", ("山西省",)),
    Entry("15", "内蒙古", "Inner Mongolia", ("内蒙古自治区",)),
    Entry("21", "辽宁", "Liaoning", ("辽宁省",)),
    Entry("22", "吉林", "Jilin", ("吉林省",)),
    Entry("23", "黑龙江", "Heilongjiang", ("黑龙江省",)),
    Entry("31", "上海", "Shanghai", ("上海市",)),
    Entry("32", "江苏", "Jiangsu", ("江苏省",)),
    Entry("33", "浙江", "Zhejiang", ("浙江省",)),
    Entry("34", "安徽", "Anhui", ("安徽省",)),
    Entry("35", "福建", "Fujian", ("福建省",)),
    Entry("36", "江西", "Jiangxi", ("江西省",)),
    Entry("37", "山东", "Shandong", ("山东省",)),
    Entry("41", "河南", "Henan", ("河南省",)),
    Entry("42", "湖北", "Hubei", ("湖北省",)),
    Entry("43", "湖南", "Hunan", ("湖南省",)),
    Entry("44", "广东", "Guangdong", ("广东省",)),
    Entry("45", "广西", "Guangxi", ("广西壮族自治区",)),
    Entry("46", "海南", "Hainan", ("海南省",)),
    Entry("50", "重庆", "Chongqing", ("重庆市",)),
    Entry("51", "四川", "Sichuan", ("四川省",)),
    Entry("52", "贵州", "Guizhou", ("贵州省",)),
    Entry("53", "云南", "Yunnan", ("云南省",)),
    Entry("54", "西藏", "Xizang", ("西藏自治区",)),
    Entry("61", "陕西", "Shaanxi", ("陕西省",)),
    Entry("62", "甘肃", "Gansu", ("甘肃省",)),
    Entry("63", "青海", "Qinghai", ("青海省",)),
    Entry("64", "宁夏", "Ningxia", ("宁夏回族自治区",)),
    Entry("65", "新疆", "Xinjiang", ("新疆维吾尔自治区",)),
    Entry("66", "新疆生产建设兵团", "Xinjiang Production and Construction Corps", ("兵团",)),
    Entry("71", "台湾", "Taiwan", ("台湾省",)),
    Entry("81", "香港", "Hong Kong", ("香港特别行政区",)),
    Entry("82", "澳门", "Macao", ("澳门特别行政区",)),
))  # fmt: skip
"""省级行政区 (§5.11, first two digits of GB/T 2260). Cards begin with these; 83 is found on residence permits only."""

ETHNIC_GROUPS = Table("ethnic_groups", (
    EthnicGroup("01", "汉族", "Han", ("汉",), "HA"),
    EthnicGroup("02", "蒙古族", "Mongol", ("蒙古",), "MG"),
    EthnicGroup("03", "回族", "Hui", ("回",), "HU"),
    EthnicGroup("04", "藏族", "Zang", ("藏",), "ZA"),
    EthnicGroup("05", "维吾尔族", "Uygur", ("维吾尔",), "UG"),
    EthnicGroup("06", "苗族", "Miao", ("苗",), "MH"),
    EthnicGroup("07", "彝族", "Yi", ("彝",), "YI"),
    EthnicGroup("08", "壮族", "Zhuang", ("壮",), "ZH"),
    EthnicGroup("09", "布依族", "Buyei", ("布依",), "BY"),
    EthnicGroup("10", "朝鲜族", "Chosen", ("朝鲜",), "CS"),
    EthnicGroup("11", "满族", "Man", ("满",), "MA"),
    EthnicGroup("12", "侗族", "Dong", ("侗",), "DO"),
    EthnicGroup("13", "瑶族", "Yao", ("瑶",), "YA"),
    EthnicGroup("14", "白族", "Bai", ("白",), "BA"),
    EthnicGroup("15", "土家族", "Tujia", ("土家",), "TJ"),
    EthnicGroup("16", "哈尼族", "Hani", ("哈尼",), "HN"),
    EthnicGroup("17", "哈萨克族", "Kazak", ("哈萨克",), "KZ"),
    EthnicGroup("18", "傣族", "Dai", ("傣",), "DA"),
    EthnicGroup("19", "黎族", "Li", ("黎",), "LI"),
    EthnicGroup("20", "傈僳族", "Lisu", ("傈僳",), "LS"),
    EthnicGroup("21", "佤族", "Va", ("佤",), "VA"),
    EthnicGroup("22", "畲族", "She", ("畲",), "SH"),
    EthnicGroup("23", "高山族", "Gaoshan", ("高山",), "GS"),
    EthnicGroup("24", "拉祜族", "Lahu", ("拉祜",), "LH"),
    EthnicGroup("25", "水族", "Sui", ("水",), "SU"),
    EthnicGroup("26", "东乡族", "Dongxiang", ("东乡",), "DX"),
    EthnicGroup("27", "纳西族", "Naxi", ("纳西",), "NX"),
    EthnicGroup("28", "景颇族", "Jingpo", ("景颇",), "JP"),
    EthnicGroup("29", "柯尔克孜族", "Kirgiz", ("柯尔克孜",), "KG"),
    EthnicGroup("30", "土族", "Tu", ("土",), "TU"),
    EthnicGroup("31", "达斡尔族", "Daur", ("达斡尔",), "DU"),
    EthnicGroup("32", "仫佬族", "Mulao", ("仫佬",), "ML"),
    EthnicGroup("33", "羌族", "Qiang", ("羌",), "QI"),
    EthnicGroup("34", "布朗族", "Blang", ("布朗",), "BL"),
    EthnicGroup("35", "撒拉族", "Salar", ("撒拉",), "SL"),
    EthnicGroup("36", "毛南族", "Maonan", ("毛南", "毛难族"), "MN"),
    EthnicGroup("37", "仡佬族", "Gelao", ("仡佬",), "GL"),
    EthnicGroup("38", "锡伯族", "Xibe", ("锡伯",), "XB"),
    EthnicGroup("39", "阿昌族", "Achang", ("阿昌",), "AC"),
    EthnicGroup("40", "普米族", "Pumi", ("普米",), "PM"),
    EthnicGroup("41", "塔吉克族", "Tajik", ("塔吉克",), "TA"),
    EthnicGroup("42", "怒族", "Nu", ("怒",), "NU"),
    EthnicGroup("43", "乌孜别克族", "Uzbek", ("乌孜别克",), "UZ"),
    EthnicGroup("44", "俄罗斯族", "Russ", ("俄罗斯",), "RS"),
    EthnicGroup("45", "鄂温克族", "Ewenki", ("鄂温克",), "EW"),
    EthnicGroup("46", "德昂族", "Deang", ("德昂", "崩龙族"), "DE"),
    EthnicGroup("47", "保安族", "Bonan", ("保安",), "BN"),
    EthnicGroup("48", "裕固族", "Yugur", ("裕固",), "YG"),
    EthnicGroup("49", "京族", "Gin", ("京",), "GI"),
    EthnicGroup("50", "塔塔尔族", "Tatar", ("塔塔尔",), "TT"),
    EthnicGroup("51", "独龙族", "Derung", ("独龙",), "DR"),
    EthnicGroup("52", "鄂伦春族", "Oroqen", ("鄂伦春",), "OR"),
    EthnicGroup("53", "赫哲族", "Hezhen", ("赫哲",), "HZ"),
    EthnicGroup("54", "门巴族", "Monba", ("门巴",), "MB"),
    EthnicGroup("55", "珞巴族", "Lhoba", ("珞巴",), "LB"),
    EthnicGroup("56", "基诺族", "Jino", ("基诺",), "JN"),
    EthnicGroup("97", "其他", "Other", ("其它", "穿青人")),
    EthnicGroup("98", "外国血统中国籍人士", "Chinese citizen of foreign descent", ("外国血统",)),
))  # fmt: skip
"""民族 (§5.7)."""
