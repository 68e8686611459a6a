-- What a room's part of a home's spending is, shared out by the hours each room was used in the same months (those of money_served), and
-- what that makes for each who came. No book is kept by room, so it is a share and no bill.
SELECT home_id, month, room_id, heads, spent_yuan * minutes / sum(minutes) OVER (PARTITION BY home_id, month) AS share_yuan,
  CASE WHEN heads > 0 THEN spent_yuan * minutes / sum(minutes) OVER (PARTITION BY home_id, month) / heads END AS visit_yuan
FROM (
  SELECT s.home_id, s.month, y.room_id, s.spent_yuan, sum(y.minutes) AS minutes, sum(y.heads) AS heads
  FROM money_served s CROSS JOIN room_months y ON y.home_id = s.home_id AND y.month BETWEEN s.since AND s.till
  WHERE s.spent_yuan > 0 GROUP BY s.home_id, s.month, y.room_id
)
