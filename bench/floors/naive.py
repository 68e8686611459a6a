"""The naive floor: the overview's charts from constants, as Streamlit's own examples would draw them."""

import altair as alt
import pandas as pd
import streamlit as st

MONTHS = [*(f"2026-{month:02}" for month in range(11, 0, -1)), "2025-12"]
SERVICES = ["meal", "bathing", "cleaning", "walking", "medical", "company", "laundry", "visit"]
SOURCES = ["fiscal", "lottery", "collective", "enterprise", "charity", "individual", "family", "filial"]
SITUATIONS = [f"situation {number}" for number in range(14)]
BANDS = ["60-64", "65-69", "70-74", "75-79", "80-84", "85-89", "90-94", "95+"]

month = st.selectbox("Month", MONTHS)
turn = MONTHS.index(month) + 1
weeks = pd.date_range(end=f"{month}-28", periods=13, freq="W-MON")

care = pd.DataFrame(
    {"week": week, "service": service, "hours": 40 + (row * 7 + column * 13 + turn * 5) % 60}
    for row, week in enumerate(weeks)
    for column, service in enumerate(SERVICES)
)
ages = pd.DataFrame(
    {"age": band, "sex": sex, "people": sign * (900 - 100 * abs(row - 3) + turn * 10)}
    for row, band in enumerate(BANDS)
    for sex, sign in (("female", 1), ("male", -1))
)
living = pd.DataFrame({"situation": name, "people": 300 * row + turn * 10} for row, name in enumerate(SITUATIONS, 1))
gifts = pd.DataFrame(
    {"month": name, "source": source, "yuan": 1000 * ((row * 3 + column * 5 + turn) % 11)}
    for row, name in enumerate(MONTHS)
    for column, source in enumerate(SOURCES)
)
sizes = pd.DataFrame(
    {"residents": size, "limit": limit, "percent": 50 + (20 + turn) * limit * size**-0.5}
    for size in range(4, 330, 8)
    for limit in (-3, -2, 2, 3)
)
homes = pd.DataFrame({"residents": 4 + row * 7 % 96, "percent": (row * 13 + turn * 5) % 100} for row in range(250))
attention = pd.DataFrame({"person": f"Resident {row}", "days without care": row + turn} for row in range(30))

for column, label in zip(
    st.columns(6), ("Homes", "Residents", "Beds taken", "Care hours", "Carers", "Gifts"), strict=True
):
    column.metric(label, 100 * turn, turn)
left, right = st.columns(2)
left.altair_chart(alt.Chart(care, title="Care").mark_bar().encode(x="week:T", y="hours:Q", color="service:N"))
right.altair_chart(alt.Chart(ages, title="Ages").mark_bar().encode(x="people:Q", y="age:N", color="sex:N"))
left.altair_chart(alt.Chart(living, title="Living").mark_bar().encode(x="people:Q", y="situation:N"))
right.altair_chart(alt.Chart(gifts, title="Gifts").mark_bar().encode(x="month:N", y="yuan:Q", color="source:N"))
for column, rate in ((left, "Visits"), (right, "Gave and received")):
    dots = alt.Chart(homes, title=rate).mark_point().encode(x="residents:Q", y="percent:Q")
    column.altair_chart(dots + alt.Chart(sizes).mark_line().encode(x="residents:Q", y="percent:Q", detail="limit:N"))
st.dataframe(attention)
