"""What the demo is drawn from: invented names, and shares and amounts as reports give them. Nothing is drawn here."""

from typing import Any

COUNTY = "肥源县"
TOWNSHIPS = (
    "东河乡 西山镇 南塘镇 北岗乡 青石镇 柳林镇 白杨乡 大堤镇 双井乡 平原镇 "
    "临水乡 高台镇 古槐乡 新桥镇 沙河乡 望山镇 长岭乡 太平镇 枣园乡 安和镇"
).split()
VILLAGES = "柳石杨槐枣梨桃松李马王赵沙清白黑龙凤双三大小上下前后东西南北", "湾桥庄屯坡沟岭井台堡营铺口洼寨堤店园楼潭"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
GIVEN_NAMES = {
    "female": ("秀桂玉淑凤翠素春兰金爱彩菊巧", "英兰珍花梅芳云香娥莲琴霞芬荣"),
    "male": ("建世有玉福振永庆德景国长保守文学志大", "国明才山来海贵祥春林军生田信彬礼刚勇"),
}
STAFF = {"admin": "高敏", "official": "周安平", "caretaker": "郭巧云", "funder": "程远", "auditor": "宋守信"}

SIZES = {"home": (1, 30, 14), "county": (300, 9000, 12)}  # homes, residents, months of the first year
LARGEST, TYPICAL, SPREAD = 330, 12, 1.35  # residents of a home: most, median, and the sigma of their logarithm
STARS = {None: 4, 1: 38, 2: 43, 3: 15}
OPENED = (2009, 2011, 2012, 2012, 2013, 2015, 2017, 2019, 2021, 2023)
MIN_AGES = {60: 88, 65: 8, 70: 4}
DAY_HOMES = 0.3
GAPS = 0.12  # share of homes in use whose log has a gap of one to three months
IDLE_PACE, HARDLY_USED = 0.1, 0.04  # a home that is slower than the first is idle

WOMEN = 0.57
LIVING = {"alone": 31, "empty_nest": 27, "left_behind": 17, None: 25}
CATEGORIES = {
    "destitute": 0.05,
    "low_income": 0.12,
    "near_low_income": 0.05,
    "lost_child": 0.012,
    "bereft": 0.01,
    "veteran": 0.03,
    "severe_disability": 0.02,
    "family_planning": 0.03,
}
FRAIL = {"able": [], "partial": ["part_disabled"], "none": ["disabled"]}
SKILLS = {None: 45, "做饭": 12, "种菜": 11, "木工": 8, "理发": 5, "唱戏": 5, "缝纫": 5, "教书": 3, "看病": 3, "电工": 3}
NAMESAKES, NO_ID = 0.03, 0.06
ARRIVED_LATER, MONTHLY_LEAVING = 0.12, 0.012
REASONS = {"death": 5, "left": 3, "transfer": 2}

MONTHLY_LOGS = (
    6.5  # drawn for each resident of a lively home; 0.7 fewer remain once nobody helps themselves or two at a time
)
PAIR_DAYS = {"high": 7, "key": 28}  # from one visit of a pair to the next
PAIRED, PAIR_KEPT = 0.9, 0.92  # of such people and months in a lively home; of the visits
GIVERS = 0.75  # of those who are able
# service -> weight, minutes that it takes, the earliest and the latest hour at which it starts
SERVICES = {
    "visit": (24, (15, 20, 30), 8, 11),
    "company": (17, (30, 45, 60, 90, 120), 14, 18),
    "meal": (12, (30, 45, 60), 11, 12),
    "cleaning": (11, (30, 45, 60, 90), 8, 11),
    "shopping": (9, (45, 60, 90), 8, 10),
    "comfort": (7, (20, 30, 45, 60), 14, 18),
    "walking": (6, (20, 30, 40), 7, 10),
    "laundry": (5, (45, 60, 90), 8, 11),
    "cooking": (4, (60, 90), 10, 11),
    "haircut": (3, (30, 45), 9, 16),
    "medical": (2, (20, 30, 45), 8, 16),
    "bathing": (1, (45, 60), 14, 16),
    "culture": (1, (60, 90, 120), 14, 16),
    "learning": (0.7, (45, 60), 9, 15),
    "urgent": (0.3, (30, 60, 120), 6, 20),
    "nightwatch": (0.3, (480, 540, 600), 20, 21),
}
PROFESSIONAL, CARER_SKILL = {"medical", "bathing"}, "看病"
LATEST_START = 21 * 60 + 45
OPEN_NAMES = 0.02  # of the help given by people who have a namesake

SUBSIDY_YUAN = 350  # for each resident and year
RUNNING_YUAN = (20_000, 60_000)  # for each home and year
MEALS_YUAN = 150  # for each resident and month
ENTERPRISES = {
    "肥源面粉厂": 9,
    "宏达粮油公司": 4,
    "康源药房": 3,
    "瑞丰农机合作社": 3,
    "新禾果品公司": 2,
    "永安建材厂": 2,
}
FAITHFUL = 0.6  # of an enterprise's gifts to a home
FAITHFUL_YUAN = 3600  # once a spring, to a home that has all there is
# goods -> fewest, most, what they are for
GOODS = {
    "面粉（25kg）": (5, 40, "meals"),
    "食用油（5L）": (10, 40, "meals"),
    "大米（10kg）": (10, 50, "meals"),
    "棉被": (6, 40, "beds"),
    "取暖器": (2, 10, "equipment"),
    "轮椅": (1, 4, "equipment"),
}

DEEP = 40  # homes of a county that have all there is
HEEDED = 0.85  # of the other homes in use
SEEN_WITHIN = {"high": 7, "key": 31, "general": 92}  # days by tier
SEEN_LATELY = 5  # days in which a heeded home visits whom it had not seen
MOST_ASKING = 9  # people of a home who asked for a place and have none
ONLY_AGE = 0.5  # of those whose birth date is a guess

HINTS = "村东 村西 村南 河边 井边 老大 老二 高个 会计家 碾坊边 桥头 场院边".split()
FORMER_NAME = 0.03
# the sex that a relative's name tells -> who they are
KIN = {
    "male": {"son": 62, "spouse": 12, "grandchild": 9, "sibling": 8, "relative": 9},
    "female": {"daughter": 52, "spouse": 12, "relative": 20, "grandchild": 8, "sibling": 8},
}
EMERGENCY = {"kin": 40, "neighbour": 25, None: 35}
POSTS = {"head": 0.3, "caretaker": 1, "cook": 0.8, "committee": 0.4, "staff": 0.6}  # the share of women
POST_GIVES = {"caretaker": ["visit", "bathing"], "cook": ["cooking", "meal"]}
VOLUNTEERS = 0.3  # of the residents who give
SKILL_GIVES = {
    "做饭": ["cooking", "meal"],
    "理发": ["haircut"],
    "唱戏": ["culture"],
    "缝纫": ["laundry"],
    "教书": ["learning"],
    "看病": ["medical", "visit"],
    "电工": ["urgent"],
}
GIVEN = {
    "company": 20,
    "visit": 16,
    "shopping": 12,
    "cleaning": 10,
    "comfort": 9,
    "walking": 8,
    "laundry": 4,
    "meal": 4,
}
TIMES = {"morning": 30, "afternoon": 30, "evening": 12, "weekend": 14, "night": 3}
KEY_CATEGORIES = {"alone", "destitute", "lost_child", "bereft", "severe_disability", "part_disabled"}

VILLAGE, OFFICE = "村委会", "民政办"
END_NOTES = {
    "death": ("因病去世", "在家中去世", None),
    "left": ("搬到儿子家", "想回自己家住", None),
    "transfer": ("转入乡敬老院", "转入县医养中心", None),
}
# purpose -> share of the residents of a deep home who agreed, share of those who took it back
CONSENTS = {"register": (0.97, 0.003), "health": (0.86, 0.02), "photo": (0.5, 0.05), "publication": (0.3, 0.05)}
AGREED, RENEWED = 0.85, 0.94
AGREEMENT_YEARS = {1: 55, 2: 25, 3: 20}
# one after another, until all who ask have theirs: what becomes of an application
ASKING = ("approved", "wait_village", "wait_township", "approved", "refused", "wait_village", "withdrawn", "approved")
WISHES = ("一个人在家不放心", "想与老伙伴一起住", "子女外出打工", "老房子漏雨", "做饭不便", None)
REFUSALS = ("需要专业照护，建议转介县医养中心", "户口不在本村", "子女不同意，暂不办理")

EVENTS_A_YEAR = {"able": 0.07, "partial": 0.5, "none": 0.8}  # for each person
EVENTS = {"fall": 80, "lost": 6, "choking": 5, "other": 9}
EVENT_NOTES = {
    "fall": ("夜间起床滑倒", "院子里绊倒", "上台阶踏空", None),
    "lost": ("赶集后未归，两小时后找到", None),
    "choking": ("吃粽子噎住，已缓解", None),
    "other": ("烫伤手背", "煤炉未关", None),
}
MEASURED, NOTE_MONTHS, HYPERTENSIVE, DIABETIC, WEIGHED = 0.78, 14, 0.26, 0.14, 0.4
PRESSURE = {"normal": (123, 7), "high": (141, 8)}  # mmHg, systolic: mean and sigma
WEIGHT = {"female": (56, 8), "male": (63, 9)}  # kg

# item -> highest score, how soon points are lost (0: never in the demo)
ITEMS: dict[str, dict[str, tuple[int, float]]] = {
    "gb42195": {
        "eating": (4, 1), "grooming": (4, 1), "washing": (4, 4), "dressing_upper": (4, 1), "dressing_lower": (4, 2),
        "bladder": (4, 2), "bowel": (4, 1), "toilet": (4, 2), "turning": (4, 1), "transfer": (4, 2),
        "level_walking": (4, 3), "stairs": (3, 7), "time_orientation": (4, 2), "space_orientation": (4, 1),
        "person_orientation": (4, 0.5), "memory": (4, 5), "understanding": (4, 1.5), "expression": (4, 1),
        "aggression": (1, 0.2), "depression": (1, 1), "consciousness": (2, 0), "sight": (2, 5), "hearing": (2, 6),
        "daily_affairs": (4, 5), "transport": (3, 8), "social": (4, 2),
    },
    "barthel": {
        "eating": (10, 1), "washing": (5, 5), "grooming": (5, 1), "dressing": (10, 2), "bowel": (10, 1),
        "bladder": (10, 2), "toilet": (10, 2), "transfer": (15, 2), "level_walking": (15, 3), "stairs": (10, 7),
    },
}  # fmt: skip
STEPS, VERSIONS = {"gb42195": 1, "barthel": 5}, {"gb42195": "2022", "barthel": "MBI"}
LOST = {"partial": (10, 42, 22), "none": (30, 60, 40)}  # points lost: fewest, most, usual
INITIAL = ((90, 0), (66, 1), (46, 2), (30, 3), (0, 4))  # the least total of each level
NEVER, OVERDUE, BEFORE = 0.04, 0.06, 0.45  # never assessed, too long ago, and with one a year before
DIAGNOSED = 0.03
ASSESSORS = ("县评估机构", "乡卫生院", "乡卫生院")
LEVEL_DECIDED = 0.6
LEVEL_REASONS = {
    "remain": ("家属每天照看，院内加派结对", "本人愿留，村医每周上门"),
    "refer": ("需全天照护，已联系县医养中心", "转介乡敬老院，等待床位"),
}

ROUNDS = {"春季": ((3, 1), (5, 31)), "秋季": ((9, 1), (11, 30))}
UNDER_WAY = 20  # days that the newer round has been running at least
ASKED, DONE, HALF = 0.92, 0.8, 0.08  # in the older round; in the newer one, done and half
AT_HOME = 0.85
# service -> how many need it, how many of them receive it, how many would pay; what frailty, and age above 75, add to the first
NEEDS = {
    "meal": (0.6, 0.5, 0.35, 0.25, 0.1),
    "bathing": (0.12, 0.25, 0.15, 0.5, 0.1),
    "cleaning": (0.5, 0.33, 0.2, 0.25, 0.15),
    "walking": (0.15, 0.5, 0.05, 0.4, 0.15),
    "urgent": (0.2, 0.55, 0.05, 0.2, 0.1),
    "medical": (0.6, 0.3, 0.3, 0.2, 0.15),
    "comfort": (0.25, 0.35, 0.03, 0.1, 0.05),
    "company": (0.65, 0.3, 0.05, 0.05, 0.1),
    "shopping": (0.25, 0.6, 0.1, 0.2, 0.1),
    "haircut": (0.35, 0.75, 0.4, 0.05, 0),
    "laundry": (0.2, 0.45, 0.15, 0.3, 0.1),
    "visit": (0.3, 0.7, 0.02, 0.15, 0.1),
    "culture": (0.25, 0.4, 0.05, -0.1, -0.05),
    "learning": (0.15, 0.25, 0.05, -0.1, -0.05),
}
WEIGHT_OF_NEED = (0.3, 0.7)  # of those who need it: a little, much, the rest urgently
LONELY = {"company", "comfort", "meal", "visit"}  # whoever lives alone needs them more
WHOM = {"relatives": 35, "home": 35, "neighbours": 20, "bought": 10}

# visits, pairs, referrals, weather
VISIT_FORM_DAYS, VISIT_FORMS = 100, 0.6  # days back from today, of the visits in the log
TOLD_OTHERWISE = 0.12  # of the residents: somebody told of them in the last two months
TELLERS = ["邻居", "村医", "网格员", "女儿", "乡镇热线"]
WORSE, BAD = (
    {"high": 2.0, "key": 1.3, "general": 0.7},
    2.0,
)  # how much worse the answers are; bad ones for a hundred fine
REFERRALS_CLOSED, CLOSED_BY = 0.6, 14  # in the last so many days; earlier ones are all closed
CALL_DAYS, CALLS_KEPT = {1, 4}, 0.8  # of a pair: days of a week, and how many of them are kept
MOST_ELDERS = 4
PAIRS = {"high": 0.9, "key": 0.7, "general": 0.15}
PAIRS_ENDED = 0.08
PAIR_ENDS = {"moved_away": 2, "unwell": 3, "no_time": 3, "unwilling": 1}
COLD_DAYS = (12, 7)  # days before today on which it began and ended

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROSTER_WEEKS, ASKED_FOR_A_SHIFT = 2, 30  # weeks before this one; people who are asked before a place stays open
# duty -> service, start and length in minutes, residents for each who is needed, weekdays, what else
DUTIES: dict[str, tuple[str, int, int, int, str, dict[str, Any]]] = {
    "帮厨早饭": ("cooking", 330, 75, 60, "1234567", {}),
    "晨间巡访": ("visit", 420, 45, 15, "1234567", {}),
    "打扫院子": ("cleaning", 500, 60, 25, "1234567", {}),
    "做午饭": ("cooking", 600, 100, 90, "1234567", {"level_most": 0}),
    "送餐": ("meal", 700, 45, 20, "1234567", {}),
    "陪聊": ("company", 870, 60, 30, "135", {"level_most": 2}),
    "帮厨晚饭": ("cooking", 960, 90, 60, "1234567", {}),
    "洗衣": ("laundry", 540, 90, 30, "25", {}),
    "陪医": ("medical", 480, 180, 99, "4", {"skilled": 1, "level_most": 0}),
    "值夜": ("nightwatch", 1260, 540, 99, "1234567", {"level_most": 0, "load": 150, "night": 1}),
}
LEAVES = {"ill": 4, "visiting_kin": 3, "farm_work": 2, "other_reason": 1}
QUARRELS = ("两家有旧怨", "上回拌过嘴", None)
OVERRIDDEN = "本人愿意，有人陪着做"

ROUND_DAYS, DAILY_ROUNDS = 14, {"morning_check": 8, "medicine": 8, "lunch": 12}  # rounds of so many days; their hour
ROUND_GONE = {
    "away": (0.008, 4),
    "hospital": (0.002, 9),
    "ill": (0.004, 3),
}  # share that goes on a day; the longest in days
ROUND_STATES = {"done": 980, "refused": 8, "away": 8, "other": 4}
UNDONE = 0.01  # of the entries of sixty days

# the time bank: its first year is thin, as everywhere
TIME_MONTHS = 12
TIME_EACH, TIME_STAR = 19, 0.8  # minutes earned for each who is registered; the share of the one who does most
TIME_ACTIVE, TIME_STARTED = 0.36, 4  # share of the registered who did anything; others among them, at least
TIME_PROOF = {"receiver": 5, "caretaker": 4, "door": 1}
TIME_KEY = {"destitute", "low_income", "severe_disability", "disabled"}
TIME_ASKED = {"company": 5, "shopping": 4, "cleaning": 3, "walking": 2, "laundry": 2, "haircut": 1}
TIME_TEAMS = ("村小学志愿队", "村妇联志愿队", "卫生院志愿队")
TIME_RULES: dict[str, list[tuple[int, dict[str, Any]]]] = {  # months after the beginning, and what is then in force
    "county": [(0, {"round_to": 15, "round_how": "up", "note": "全县试行办法"})],
    "home": [
        (
            3,
            {
                "round_to": 30,
                "round_how": "nearest",
                "cap_minutes": 18000,
                "note": "试点：每人最多存300小时，多的进互助池",
            },
        ),
        (7, {"round_to": 15, "round_how": "up", "cap_minutes": 18000, "note": "短时探访也要记上"}),
    ],
}
TIME_NOTES = {"gift": "给家里人", "donate": "自愿捐给互助池", "grant": "给重点老人", "reversal": "记错了人，重新记"}

# money: of what lies in a fund, the least and the most that is spent at a time; what a voucher buys, and what one of it costs in fen
SPENT = {
    "meals": (0.6, 0.95),
    "utilities": (0.7, 0.98),
    "running": (0.5, 0.9),
    "building": (1, 1),
    "emergency": (0.05, 0.3),
}
SERVED = {
    "meals": ("meals_served", 600),
    "utilities": ("warm_days", 8_000),
    "equipment": ("things_bought", 80_000),
    "beds": ("things_bought", 90_000),
    "activities": ("times_helped", 2_000),
}
FREELY = {"running": 4, "utilities": 2, "activities": 2, "emergency": 1}  # what unrestricted money goes to
PAYEES = {
    "building": ("宏基建筑队", "永安建材厂"),
    "equipment": ("惠民医疗器械店", "县百货公司"),
    "repairs": ("宏基建筑队", "村里瓦工 于某"),
    "running": ("镇办公用品店", "县印刷厂"),
    "beds": ("县家具城",),
    "meals": ("镇粮油店", "李记菜铺", "集市肉铺"),
    "utilities": ("县供电公司", "乡水管站", "平安煤场"),
    "posts": ("公益岗位人员",),
    "insurance": ("县保险公司",),
    "activities": ("县文化用品店", "镇戏班"),
    "emergency": ("镇卫生院", "康源药房"),
}
PRICES: tuple[dict[str, Any], ...] = (
    {"fee": "meal_days", "from_day": "2020-01-01", "age_from": 0, "price_fen": 600},
    {"fee": "meal_days", "from_day": "2020-01-01", "age_from": 80, "price_fen": 400},
)
