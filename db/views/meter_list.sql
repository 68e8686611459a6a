-- The last reading of each meter of a home, the one before it, and what was used between; a new meter begins anew.
SELECT home_id, home, meter, sort, reading_id, read_on, shows, read_before, showed, iif(new_meter = 1 OR shows < showed, NULL, shows - showed) AS used
FROM (
  SELECT m.home_id, m.home, m.meter, m.sort, l.id AS reading_id, l.day AS read_on, l.reading AS shows, l.new_meter, p.day AS read_before,
    p.reading AS showed
  FROM (
    SELECT h.id AS home_id, h.name AS home, k.column1 AS sort, k.column2 AS meter,
      (SELECT id FROM meter_readings r WHERE r.home_id = h.id AND r.meter = k.column2 ORDER BY day DESC LIMIT 1) AS last,
      (SELECT id FROM meter_readings r WHERE r.home_id = h.id AND r.meter = k.column2 ORDER BY day DESC LIMIT 1 OFFSET 1) AS before
    FROM homes h CROSS JOIN (VALUES (1, 'water'), (2, 'electricity'), (3, 'heating'), (4, 'gas_meter')) k
  ) m LEFT JOIN meter_readings l ON l.id = m.last LEFT JOIN meter_readings p ON p.id = m.before
)
