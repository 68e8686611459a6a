-- Care by the weeks of a month: a row a service and home with its weeks side by side, in the order in which the chart of many homes sums them.

CREATE TABLE weeks_before AS SELECT * FROM care_weeks;
DROP TRIGGER care_bookings_weeks;
DROP TABLE care_weeks;

-- minutes in each of the weeks that a month touches, the first and the last cut at the end of the month
CREATE TABLE care_weeks (
  month TEXT NOT NULL,
  service TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  logs INTEGER NOT NULL,
  week1 INTEGER NOT NULL,
  week2 INTEGER NOT NULL,
  week3 INTEGER NOT NULL,
  week4 INTEGER NOT NULL,
  week5 INTEGER NOT NULL,
  week6 INTEGER NOT NULL,
  PRIMARY KEY (month, service, home_id)
) STRICT, WITHOUT ROWID;

INSERT INTO care_weeks
SELECT month, service, home_id, sum(logs), sum(minutes * (n = 0)), sum(minutes * (n = 7)), sum(minutes * (n = 14)), sum(minutes * (n = 21)),
  sum(minutes * (n = 28)), sum(minutes * (n = 35))
FROM (SELECT *, julianday(week) - julianday(month || '-01', 'weekday 0', '-6 days') AS n FROM weeks_before)
GROUP BY month, service, home_id;

DROP TABLE weeks_before;

CREATE TRIGGER care_bookings_weeks INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_weeks
    SELECT substr(NEW.day, 1, 7), NEW.service, NEW.home_id, NEW.sign, b.minutes * (n = 1), b.minutes * (n = 2), b.minutes * (n = 3),
      b.minutes * (n = 4), b.minutes * (n = 5), b.minutes * (n = 6)
    FROM (SELECT NEW.sign * NEW.minutes AS minutes,
      (substr(NEW.day, 9) + strftime('%w', substr(NEW.day, 1, 7) || '-01', '-1 day') + 6) / 7 AS n) b WHERE true
    ON CONFLICT DO UPDATE SET logs = logs + excluded.logs, week1 = week1 + excluded.week1, week2 = week2 + excluded.week2,
      week3 = week3 + excluded.week3, week4 = week4 + excluded.week4, week5 = week5 + excluded.week5, week6 = week6 + excluded.week6;
END;
CREATE TRIGGER care_weeks_empty AFTER UPDATE ON care_weeks WHEN NEW.logs = 0 BEGIN
  DELETE FROM care_weeks WHERE month = NEW.month AND service = NEW.service AND home_id = NEW.home_id;
END;
