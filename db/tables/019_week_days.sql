-- How many days a span of days has of the weekdays on which a home or a room is open, looked up instead of counted day by day.

-- `days` of `rest` days that begin with weekday `first` (Monday is 0), and `whole` of a week; once there, a row is never wrong
CREATE TABLE week_days (
  weekdays TEXT NOT NULL,
  first INTEGER NOT NULL,
  rest INTEGER NOT NULL,
  days INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  PRIMARY KEY (weekdays, first, rest)
) STRICT, WITHOUT ROWID;

-- the same reckoned anew; weekdays inserted here are added
CREATE VIEW week_days_anew AS
SELECT w.weekdays, f.value AS first, r.value AS rest, sum(instr(w.weekdays, d.code) > 0 AND (d.id + 6 - f.value) % 7 < r.value) AS days, sum(instr(w.weekdays, d.code) > 0) AS whole
FROM (SELECT weekdays FROM homes UNION SELECT weekdays FROM rooms UNION SELECT weekdays FROM week_days) w
CROSS JOIN json_each('[0,1,2,3,4,5,6]') f CROSS JOIN json_each('[0,1,2,3,4,5,6]') r CROSS JOIN weekdays d
GROUP BY w.weekdays, f.value, r.value;

CREATE TRIGGER week_days_added INSTEAD OF INSERT ON week_days_anew WHEN NOT EXISTS (SELECT 1 FROM week_days WHERE weekdays = NEW.weekdays) BEGIN
  INSERT INTO week_days SELECT * FROM week_days_anew WHERE weekdays = NEW.weekdays;
END;
CREATE TRIGGER homes_week_days AFTER INSERT ON homes BEGIN INSERT INTO week_days_anew (weekdays) VALUES (NEW.weekdays); END;
CREATE TRIGGER homes_week_days_changed AFTER UPDATE OF weekdays ON homes BEGIN INSERT INTO week_days_anew (weekdays) VALUES (NEW.weekdays); END;
CREATE TRIGGER rooms_week_days AFTER INSERT ON rooms BEGIN INSERT INTO week_days_anew (weekdays) VALUES (NEW.weekdays); END;
CREATE TRIGGER rooms_week_days_changed AFTER UPDATE OF weekdays ON rooms BEGIN INSERT INTO week_days_anew (weekdays) VALUES (NEW.weekdays); END;

INSERT INTO week_days SELECT * FROM week_days_anew;
