"""Public holidays and lunar festivals of a day, as keys of words.csv; nothing of them is stored."""

from datetime import datetime, timedelta
from functools import lru_cache

NAMES = {
    "元旦节": "new_year", "春节": "spring_festival", "清明节": "qingming", "国际劳动节": "labour_day", "端午节": "dragon_boat",
    "中秋节": "mid_autumn", "国庆节": "national_day", "腊八节": "laba", "小年": "little_new_year", "元宵节": "lantern",
    "七夕": "qixi", "中元节": "zhongyuan", "重阳节": "double_ninth", "冬至": "winter_solstice",
}  # fmt: skip
FIRST, LAST = "1901-02-19", "2100-12-30"  # the days that the calendar knows


@lru_cache(maxsize=512)
def festivals(day: str) -> tuple[str, ...]:
    """The festivals of a day, the public holidays first; the eve of the Spring Festival is one."""
    if not FIRST <= day <= LAST:
        return ()
    import cnlunar

    noon = datetime.fromisoformat(f"{day}T12:00")
    found = cnlunar.Lunar(noon)
    told = "-".join(
        ["-".join(found.get_legalHolidays().split(",")), found.get_otherLunarHolidays(), found.todaySolarTerms]
    )
    names = [NAMES[name] for name in told.replace(",", "-").split("-") if name in NAMES]
    eve = cnlunar.Lunar(noon + timedelta(1)).get_legalHolidays() == "春节"
    return (*dict.fromkeys(names), *(["new_years_eve"] if eve else []))
