"""What the rooms of the demo are drawn from: kinds, hours, causes and how often each is used. Nothing is drawn here."""

EVERY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_HOME_WEEKS = {EVERY[:5]: 7, EVERY[:6]: 3}  # a day home rests on Sunday, most of them on Saturday as well
CENTRE, REACH = (37.6, 114.8), (0.34, 0.42)  # an invented county: degrees north and east, and how far it reaches
CLUSTER = 0.06  # how far the homes of a township lie from its middle

# kind -> names, residents from which a home has it, opens and closes (minutes), capacity for each resident and at least
KINDS: dict[str, tuple[tuple[str, ...], int, int, int, float, int]] = {
    "kitchen": (("厨房餐厅",), 0, 360, 1140, 1.0, 8),
    "activity_room": (("大活动室", "东活动室"), 0, 480, 1080, 0.6, 12),
    "games_room": (("棋牌书画室",), 8, 480, 1200, 0.3, 8),
    "clinic": (("卫生室",), 14, 480, 1020, 0.2, 6),
    "bathroom": (("浴室",), 10, 780, 1140, 0.15, 4),
    "laundry_room": (("洗衣房",), 16, 480, 1020, 0.1, 3),
    "garden": (("菜园",), 12, 360, 1140, 0.3, 6),
    "outdoor": (("健身广场",), 10, 360, 1200, 0.8, 20),
}
DAY_CARE = (("日间照料室",), 0, 480, 1020, 1.0, 8)
SOURCES = {"new_built": 45, "school": 30, "old_house": 18, "kindergarten": 7}
UPSTAIRS, STEPS = 0.18, 0.2  # of the rooms beside bedrooms: on the first floor up, with steps

IDLE_ROOM, IDLE_HOMES = ("西厢房", "旧教室", "二楼东屋", "后院平房"), 0.25
IDLE_CAUSES = {"no_money": 24, "no_need": 18, "few_services": 14, "no_staff": 12, "key_absent": 9, "quota": 8, "bad_site": 6,
               "unsafe": 5, "fee_refused": 2, "shame": 2}  # fmt: skip
IDLE_KINDS = ("bathroom", "laundry_room", "clinic", "games_room")
BECOMES = ("bedroom", "activity_room", "day_care", "games_room", "clinic")

BUILDINGS = {"school": "村小旧校舍", "kindergarten": "旧幼儿园", "old_house": "大队旧院", "homestead": "闲置宅院"}
CONDITIONS = {"sound": 2, "minor_repair": 5, "major_repair": 3, "unsafe": 1}
BUILDING_STATES = {"candidate": 6, "inspected": 3, "agreed": 1, "dropped": 1}
OWNERS = {"school": "village", "kindergarten": "village", "old_house": "village", "homestead": "household"}

CHECKS = ("fire", "power", "gas", "water_pipes", "structure", "food")
CHECK_KEPT, DEFECT, MENDED = 0.93, 0.03, 0.8
DEFECTS = {
    "fire": ("灭火器过期", "安全出口堆放杂物"), "power": ("插座松动", "电线老化"), "gas": ("软管到期",),
    "water_pipes": ("水管渗漏", "下水不畅"), "structure": ("屋顶漏雨", "墙皮脱落"), "food": ("冰箱温度过高", "生熟未分开"),
}  # fmt: skip
MENDING = ("已更换", "已修好", "已清理")

# meter -> units a month for each resident, in winter that many times more
METERS = {"water": (2.2, 1.0), "electricity": (14.0, 1.6), "heating": (0.0, 90.0), "gas_meter": (3.5, 1.1)}
METERED, READ = 0.65, 0.94  # of the homes that are used; of the months

# kind -> share of its days with use, weekdays (Monday is 0; empty: all), hours of the start, minutes, share of the residents, months
USE: dict[str, tuple[float, tuple[int, ...], tuple[int, ...], tuple[int, ...], float, tuple[int, int]]] = {
    "kitchen": (0.97, (), (11,), (90,), 0.75, (1, 12)),
    "activity_room": (0.55, (), (9, 9, 14, 15), (60, 90, 120), 0.35, (1, 12)),
    "games_room": (0.66, (), (13, 14), (120, 150, 180), 0.25, (1, 12)),
    "day_care": (0.9, (), (8, 9), (360, 420), 0.6, (1, 12)),
    "clinic": (0.85, (1, 4), (9,), (120,), 0.25, (1, 12)),
    "bathroom": (0.8, (2, 5), (14,), (120, 150), 0.15, (1, 12)),
    "laundry_room": (0.7, (1, 4), (9,), (90,), 0.08, (1, 12)),
    "garden": (0.4, (), (7,), (45, 60), 0.12, (4, 10)),
    "outdoor": (0.5, (), (7, 17), (30, 45), 0.35, (3, 11)),
}  # fmt: skip
SUNDAY, QUIET_AFTERNOON = 0.35, 0.6  # how much of the use of other days is left
THIN = {"activity_room": 3, "games_room": 2, "kitchen": 1}  # sessions of a month, in a home without depth

# name -> kind, service, the skill of who leads it (none: a guest), room, weekday, start, minutes, places
CLASSES: dict[str, tuple[str, str, str | None, str, int, int, int, int]] = {
    "识字班": ("class", "learning", "教书", "activity_room", 1, 540, 60, 10),
    "戏曲班": ("performance", "culture", "唱戏", "activity_room", 3, 870, 90, 12),
    "手工班": ("handicraft", "culture", "缝纫", "activity_room", 4, 540, 90, 6),
    "健康讲座": ("lecture", "learning", "看病", "activity_room", 2, 840, 60, 12),
    "种菜经验会": ("lecture", "learning", "种菜", "activity_room", 0, 900, 60, 12),
    "八段锦": ("exercise", "culture", None, "outdoor", 5, 420, 45, 16),
}  # fmt: skip
GUEST = "乡文化站 何老师"
CLASS_WEEKS, CAME, ENROLLED = 8, 0.75, 0.42  # weeks with names; of those enrolled; of the residents
CLUBS = {"腰鼓队": 240, "老年协会": 600, "村妇联": 180}
CLUB_ROOMS = {
    "腰鼓队": ("activity_room", 4, 960, 90),
    "老年协会": ("games_room", 0, 900, 120),
    "村妇联": ("activity_room", 5, 840, 60),
}
HELD = 0.9  # of the days of a class
BOOKED_DAYS, NOBODY_CAME_DAYS = 14, 9
