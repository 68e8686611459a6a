"""What the demo is drawn from: invented names, and shares and amounts as reports give them. Nothing is drawn here."""

COUNTY = "肥源县"
TOWNSHIPS = (
    "东河乡 西山镇 南塘镇 北岗乡 青石镇 柳林镇 白杨乡 大堤镇 双井乡 平原镇 "
    "临水乡 高台镇 古槐乡 新桥镇 沙河乡 望山镇 长岭乡 太平镇 枣园乡 安和镇"
).split()
VILLAGES = "柳石杨槐枣梨桃松李马王赵沙清白黑龙凤双三大小上下前后东西南北", "湾桥庄屯坡沟岭井台堡营铺口洼寨堤店园楼潭"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
GIVEN = {
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

MONTHLY_LOGS = 7.3  # drawn for each resident of a lively home; 6.5 remain once nobody helps themselves or two at a time
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
# goods -> fewest, most, what they are for
GOODS = {
    "面粉（25kg）": (5, 40, "meals"),
    "食用油（5L）": (10, 40, "meals"),
    "大米（10kg）": (10, 50, "meals"),
    "棉被": (6, 40, "beds"),
    "取暖器": (2, 10, "equipment"),
    "轮椅": (1, 4, "equipment"),
}
