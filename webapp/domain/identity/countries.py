"""Countries and regions by GB/T 2659, which is ISO 3166-1: numeric, alpha-3, Chinese and English (spec 2-data §5.12).
Not a list of nationalities in law; names follow the Unicode CLDR, those of China's regions official usage."""

from dataclasses import dataclass

from webapp.domain.identity.code_table import Entry, Table


@dataclass(frozen=True, slots=True)
class Country(Entry):
    """国籍/地区. `code` is alpha-3, which is stored; `numeric` the three digits of school files (156 is China)."""

    numeric: str = ""


DEFAULT = "CHN"
"""中国大陆, chosen unless somebody says otherwise."""

_ALIASES = {
    "CHN": ("中国", "China", "中华人民共和国"),
    "HKG": ("香港", "Hong Kong", "香港特别行政区"),
    "MAC": ("澳门", "Macao", "Macau", "澳门特别行政区"),
    "TWN": ("台湾", "Taiwan", "台湾省"),
    "KOR": ("大韩民国", "Korea"),
    "PRK": ("朝鲜民主主义人民共和国",),
    "USA": ("美利坚合众国", "USA"),
    "GBR": ("大不列颠及北爱尔兰联合王国", "UK"),
    "RUS": ("俄罗斯联邦",),
    "VNM": ("越南社会主义共和国", "Viet Nam"),
    "LAO": ("老挝人民民主共和国",),
    "TUR": ("Turkey",),
    "COD": ("刚果民主共和国",),
}

_ROWS = """
156|CHN|中国大陆|China (mainland)
344|HKG|中国香港|Hong Kong, China
446|MAC|中国澳门|Macao, China
158|TWN|中国台湾|Taiwan, China
533|ABW|阿鲁巴|Aruba
004|AFG|阿富汗|Afghanistan
024|AGO|安哥拉|Angola
660|AIA|安圭拉|Anguilla
248|ALA|奥兰群岛|Åland Islands
008|ALB|阿尔巴尼亚|Albania
020|AND|安道尔|Andorra
784|ARE|阿拉伯联合酋长国|United Arab Emirates
032|ARG|阿根廷|Argentina
051|ARM|亚美尼亚|Armenia
016|ASM|美属萨摩亚|American Samoa
010|ATA|南极洲|Antarctica
260|ATF|法属南部领地|French Southern Territories
028|ATG|安提瓜和巴布达|Antigua & Barbuda
036|AUS|澳大利亚|Australia
040|AUT|奥地利|Austria
031|AZE|阿塞拜疆|Azerbaijan
108|BDI|布隆迪|Burundi
056|BEL|比利时|Belgium
204|BEN|贝宁|Benin
535|BES|荷属加勒比区|Caribbean Netherlands
854|BFA|布基纳法索|Burkina Faso
050|BGD|孟加拉国|Bangladesh
100|BGR|保加利亚|Bulgaria
048|BHR|巴林|Bahrain
044|BHS|巴哈马|Bahamas
070|BIH|波斯尼亚和黑塞哥维那|Bosnia & Herzegovina
652|BLM|圣巴泰勒米|St. Barthélemy
112|BLR|白俄罗斯|Belarus
084|BLZ|伯利兹|Belize
060|BMU|百慕大|Bermuda
068|BOL|玻利维亚|Bolivia
076|BRA|巴西|Brazil
052|BRB|巴巴多斯|Barbados
096|BRN|文莱|Brunei
064|BTN|不丹|Bhutan
074|BVT|布韦岛|Bouvet Island
072|BWA|博茨瓦纳|Botswana
140|CAF|中非共和国|Central African Republic
124|CAN|加拿大|Canada
166|CCK|科科斯（基林）群岛|Cocos (Keeling) Islands
756|CHE|瑞士|Switzerland
152|CHL|智利|Chile
384|CIV|科特迪瓦|Côte d’Ivoire
120|CMR|喀麦隆|Cameroon
180|COD|刚果（金）|Congo - Kinshasa
178|COG|刚果（布）|Congo - Brazzaville
184|COK|库克群岛|Cook Islands
170|COL|哥伦比亚|Colombia
174|COM|科摩罗|Comoros
132|CPV|佛得角|Cape Verde
188|CRI|哥斯达黎加|Costa Rica
192|CUB|古巴|Cuba
531|CUW|库拉索|Curaçao
162|CXR|圣诞岛|Christmas Island
136|CYM|开曼群岛|Cayman Islands
196|CYP|塞浦路斯|Cyprus
203|CZE|捷克|Czechia
276|DEU|德国|Germany
262|DJI|吉布提|Djibouti
212|DMA|多米尼克|Dominica
208|DNK|丹麦|Denmark
214|DOM|多米尼加共和国|Dominican Republic
012|DZA|阿尔及利亚|Algeria
218|ECU|厄瓜多尔|Ecuador
818|EGY|埃及|Egypt
232|ERI|厄立特里亚|Eritrea
732|ESH|西撒哈拉|Western Sahara
724|ESP|西班牙|Spain
233|EST|爱沙尼亚|Estonia
231|ETH|埃塞俄比亚|Ethiopia
246|FIN|芬兰|Finland
242|FJI|斐济|Fiji
238|FLK|马尔维纳斯群岛（福克兰群岛）|Falkland Islands (Malvinas)
250|FRA|法国|France
234|FRO|法罗群岛|Faroe Islands
583|FSM|密克罗尼西亚|Micronesia
266|GAB|加蓬|Gabon
826|GBR|英国|United Kingdom
268|GEO|格鲁吉亚|Georgia
831|GGY|根西岛|Guernsey
288|GHA|加纳|Ghana
292|GIB|直布罗陀|Gibraltar
324|GIN|几内亚|Guinea
312|GLP|瓜德罗普|Guadeloupe
270|GMB|冈比亚|Gambia
624|GNB|几内亚比绍|Guinea-Bissau
226|GNQ|赤道几内亚|Equatorial Guinea
300|GRC|希腊|Greece
308|GRD|格林纳达|Grenada
304|GRL|格陵兰|Greenland
320|GTM|危地马拉|Guatemala
254|GUF|法属圭亚那|French Guiana
316|GUM|关岛|Guam
328|GUY|圭亚那|Guyana
334|HMD|赫德岛和麦克唐纳群岛|Heard & McDonald Islands
340|HND|洪都拉斯|Honduras
191|HRV|克罗地亚|Croatia
332|HTI|海地|Haiti
348|HUN|匈牙利|Hungary
360|IDN|印度尼西亚|Indonesia
833|IMN|马恩岛|Isle of Man
356|IND|印度|India
086|IOT|英属印度洋领地|British Indian Ocean Territory
372|IRL|爱尔兰|Ireland
364|IRN|伊朗|Iran
368|IRQ|伊拉克|Iraq
352|ISL|冰岛|Iceland
376|ISR|以色列|Israel
380|ITA|意大利|Italy
388|JAM|牙买加|Jamaica
832|JEY|泽西岛|Jersey
400|JOR|约旦|Jordan
392|JPN|日本|Japan
398|KAZ|哈萨克斯坦|Kazakhstan
404|KEN|肯尼亚|Kenya
417|KGZ|吉尔吉斯斯坦|Kyrgyzstan
116|KHM|柬埔寨|Cambodia
296|KIR|基里巴斯|Kiribati
659|KNA|圣基茨和尼维斯|St. Kitts & Nevis
410|KOR|韩国|South Korea
414|KWT|科威特|Kuwait
418|LAO|老挝|Laos
422|LBN|黎巴嫩|Lebanon
430|LBR|利比里亚|Liberia
434|LBY|利比亚|Libya
662|LCA|圣卢西亚|St. Lucia
438|LIE|列支敦士登|Liechtenstein
144|LKA|斯里兰卡|Sri Lanka
426|LSO|莱索托|Lesotho
440|LTU|立陶宛|Lithuania
442|LUX|卢森堡|Luxembourg
428|LVA|拉脱维亚|Latvia
663|MAF|法属圣马丁|St. Martin
504|MAR|摩洛哥|Morocco
492|MCO|摩纳哥|Monaco
498|MDA|摩尔多瓦|Moldova
450|MDG|马达加斯加|Madagascar
462|MDV|马尔代夫|Maldives
484|MEX|墨西哥|Mexico
584|MHL|马绍尔群岛|Marshall Islands
807|MKD|北马其顿|North Macedonia
466|MLI|马里|Mali
470|MLT|马耳他|Malta
104|MMR|缅甸|Myanmar
499|MNE|黑山|Montenegro
496|MNG|蒙古|Mongolia
580|MNP|北马里亚纳群岛|Northern Mariana Islands
508|MOZ|莫桑比克|Mozambique
478|MRT|毛里塔尼亚|Mauritania
500|MSR|蒙特塞拉特|Montserrat
474|MTQ|马提尼克|Martinique
480|MUS|毛里求斯|Mauritius
454|MWI|马拉维|Malawi
458|MYS|马来西亚|Malaysia
175|MYT|马约特|Mayotte
516|NAM|纳米比亚|Namibia
540|NCL|新喀里多尼亚|New Caledonia
562|NER|尼日尔|Niger
574|NFK|诺福克岛|Norfolk Island
566|NGA|尼日利亚|Nigeria
558|NIC|尼加拉瓜|Nicaragua
570|NIU|纽埃|Niue
528|NLD|荷兰|Netherlands
578|NOR|挪威|Norway
524|NPL|尼泊尔|Nepal
520|NRU|瑙鲁|Nauru
554|NZL|新西兰|New Zealand
512|OMN|阿曼|Oman
586|PAK|巴基斯坦|Pakistan
591|PAN|巴拿马|Panama
612|PCN|皮特凯恩群岛|Pitcairn Islands
604|PER|秘鲁|Peru
608|PHL|菲律宾|Philippines
585|PLW|帕劳|Palau
598|PNG|巴布亚新几内亚|Papua New Guinea
616|POL|波兰|Poland
630|PRI|波多黎各|Puerto Rico
408|PRK|朝鲜|North Korea
620|PRT|葡萄牙|Portugal
600|PRY|巴拉圭|Paraguay
275|PSE|巴勒斯坦|Palestine
258|PYF|法属波利尼西亚|French Polynesia
634|QAT|卡塔尔|Qatar
638|REU|留尼汪|Réunion
642|ROU|罗马尼亚|Romania
643|RUS|俄罗斯|Russia
646|RWA|卢旺达|Rwanda
682|SAU|沙特阿拉伯|Saudi Arabia
729|SDN|苏丹|Sudan
686|SEN|塞内加尔|Senegal
702|SGP|新加坡|Singapore
239|SGS|南乔治亚和南桑威奇群岛|South Georgia & South Sandwich Islands
654|SHN|圣赫勒拿|St. Helena
744|SJM|斯瓦尔巴和扬马延|Svalbard & Jan Mayen
090|SLB|所罗门群岛|Solomon Islands
694|SLE|塞拉利昂|Sierra Leone
222|SLV|萨尔瓦多|El Salvador
674|SMR|圣马力诺|San Marino
706|SOM|索马里|Somalia
666|SPM|圣皮埃尔和密克隆群岛|St. Pierre & Miquelon
688|SRB|塞尔维亚|Serbia
728|SSD|南苏丹|South Sudan
678|STP|圣多美和普林西比|São Tomé & Príncipe
740|SUR|苏里南|Suriname
703|SVK|斯洛伐克|Slovakia
705|SVN|斯洛文尼亚|Slovenia
752|SWE|瑞典|Sweden
748|SWZ|斯威士兰|Eswatini
534|SXM|荷属圣马丁|Sint Maarten
690|SYC|塞舌尔|Seychelles
760|SYR|叙利亚|Syria
796|TCA|特克斯和凯科斯群岛|Turks & Caicos Islands
148|TCD|乍得|Chad
768|TGO|多哥|Togo
764|THA|泰国|Thailand
762|TJK|塔吉克斯坦|Tajikistan
772|TKL|托克劳|Tokelau
795|TKM|土库曼斯坦|Turkmenistan
626|TLS|东帝汶|Timor-Leste
776|TON|汤加|Tonga
780|TTO|特立尼达和多巴哥|Trinidad & Tobago
788|TUN|突尼斯|Tunisia
792|TUR|土耳其|Türkiye
798|TUV|图瓦卢|Tuvalu
834|TZA|坦桑尼亚|Tanzania
800|UGA|乌干达|Uganda
804|UKR|乌克兰|Ukraine
581|UMI|美国本土外小岛屿|U.S. Outlying Islands
858|URY|乌拉圭|Uruguay
840|USA|美国|United States
860|UZB|乌兹别克斯坦|Uzbekistan
336|VAT|梵蒂冈|Vatican City
670|VCT|圣文森特和格林纳丁斯|St. Vincent & Grenadines
862|VEN|委内瑞拉|Venezuela
092|VGB|英属维尔京群岛|British Virgin Islands
850|VIR|美属维尔京群岛|U.S. Virgin Islands
704|VNM|越南|Vietnam
548|VUT|瓦努阿图|Vanuatu
876|WLF|瓦利斯和富图纳|Wallis & Futuna
882|WSM|萨摩亚|Samoa
887|YEM|也门|Yemen
710|ZAF|南非|South Africa
894|ZMB|赞比亚|Zambia
716|ZWE|津巴布韦|Zimbabwe
"""


def _countries() -> list[Country]:
    """Each line: numeric, alpha-3, Chinese, English."""
    rows = (line.split("|") for line in _ROWS.split("\n") if line)
    return [Country(alpha, zh, en, (numeric, *_ALIASES.get(alpha, ())), numeric) for numeric, alpha, zh, en in rows]


COUNTRIES = Table("countries", _countries())
"""China and its regions first, then by alpha-3."""
