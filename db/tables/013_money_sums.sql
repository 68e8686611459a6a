-- How many people lived in each home, by the months in which somebody came or went: what a served day cost is told from it, and no page
-- counts stays over the years.

CREATE INDEX fund_months_by_month ON fund_months (month, home_id, fund_id, source, purpose, received_fen, spent_fen, returned_fen);

CREATE TABLE stay_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  more INTEGER NOT NULL, -- who came less who went
  more_days INTEGER NOT NULL, -- what that adds to the days of those who were there before, in this month
  living INTEGER NOT NULL, -- after the last night
  bookings INTEGER NOT NULL,
  PRIMARY KEY (home_id, month)
) STRICT, WITHOUT ROWID;

-- somebody comes (1) or goes (-1) on a day; `times` -1 takes that out again
CREATE VIEW stay_bookings AS
SELECT home_id, from_day AS day, 1 AS count, 1 AS times FROM stays UNION ALL SELECT home_id, to_day, -1, 1 FROM stays WHERE to_day IS NOT NULL;

CREATE TRIGGER stay_bookings_summed INSTEAD OF INSERT ON stay_bookings WHEN NEW.day IS NOT NULL BEGIN
  INSERT INTO stay_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), 0, 0, coalesce((SELECT living FROM stay_months
    WHERE home_id = NEW.home_id AND month < substr(NEW.day, 1, 7) ORDER BY month DESC LIMIT 1), 0), 0) ON CONFLICT DO NOTHING;
  UPDATE stay_months SET more = more + NEW.count * NEW.times, bookings = bookings + NEW.times,
      more_days = more_days + NEW.count * NEW.times * CAST(julianday(NEW.day, 'start of month', '+1 month') - julianday(NEW.day) AS INTEGER)
    WHERE home_id = NEW.home_id AND month = substr(NEW.day, 1, 7);
  UPDATE stay_months SET living = living + NEW.count * NEW.times WHERE home_id = NEW.home_id AND month >= substr(NEW.day, 1, 7);
  DELETE FROM stay_months WHERE home_id = NEW.home_id AND month = substr(NEW.day, 1, 7) AND bookings = 0;
END;

CREATE TRIGGER stays_summed AFTER INSERT ON stays BEGIN
  INSERT INTO stay_bookings VALUES (NEW.home_id, NEW.from_day, 1, 1);
  INSERT INTO stay_bookings VALUES (NEW.home_id, NEW.to_day, -1, 1);
END;
CREATE TRIGGER stays_summed_deleted AFTER DELETE ON stays BEGIN
  INSERT INTO stay_bookings VALUES (OLD.home_id, OLD.from_day, 1, -1);
  INSERT INTO stay_bookings VALUES (OLD.home_id, OLD.to_day, -1, -1);
END;
CREATE TRIGGER stays_summed_changed AFTER UPDATE OF home_id, from_day, to_day ON stays BEGIN
  INSERT INTO stay_bookings VALUES (OLD.home_id, OLD.from_day, 1, -1);
  INSERT INTO stay_bookings VALUES (OLD.home_id, OLD.to_day, -1, -1);
  INSERT INTO stay_bookings VALUES (NEW.home_id, NEW.from_day, 1, 1);
  INSERT INTO stay_bookings VALUES (NEW.home_id, NEW.to_day, -1, 1);
END;

INSERT INTO stay_months
SELECT home_id, month, more, more_days, sum(more) OVER (PARTITION BY home_id ORDER BY month), bookings FROM (
  SELECT home_id, substr(day, 1, 7) AS month, sum(count) AS more, count(*) AS bookings,
    CAST(sum(count * (julianday(day, 'start of month', '+1 month') - julianday(day))) AS INTEGER) AS more_days
  FROM stay_bookings GROUP BY 1, 2);
