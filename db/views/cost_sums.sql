-- Money spent in a month's year by home, beside the days lived there or the money received, where there are any.
SELECT home_id, month, iif(spent_yuan > 0 AND served_days > 0, spent_yuan, NULL) AS spent, iif(spent_yuan > 0 AND served_days > 0, served_days, NULL) AS served_days,
  iif(year_received_yuan > 0, year_spent_yuan, NULL) AS year_spent, iif(year_received_yuan > 0, year_received_yuan, NULL) AS year_received
FROM money_served
