-- Every assessment with its running total and, where all items are answered, the initial level and the final one after adjustments
-- (GB/T 42195-2022: coma is level 4; a diagnosis, and two or more risk events in 30 days, are one level worse each).
-- low to high are the totals that the rule of admission takes, where the instrument is the one that it goes by.
SELECT a.home_id, a.person_id, a.id, a.day, a.instrument, a.version, a.reason, a.assessor, a.coma, a.diagnosis, a.risk_events,
  a.total, (SELECT max(most) FROM assessment_levels v WHERE v.instrument = a.instrument) AS most,
  a.answered, (SELECT count(*) FROM assessment_items i WHERE i.instrument = a.instrument) AS items, a.finished, a.note,
  l.level AS initial_level,
  CASE WHEN a.instrument <> 'gb42195' THEN l.level WHEN a.coma THEN 4
    ELSE min(4, l.level + a.diagnosis + (a.risk_events >= 2)) END AS final_level,
  (SELECT least FROM assessment_levels v JOIN settings s ON s.name = 'admit_level' AND v.level = CAST(s.value AS INTEGER)
   WHERE v.instrument = a.instrument AND a.instrument = 'gb42195') AS low,
  CASE WHEN a.instrument = 'gb42195' THEN 90 END AS high
FROM assessments a
LEFT JOIN assessment_levels l ON l.instrument = a.instrument AND a.total BETWEEN l.least AND l.most
  AND a.answered = (SELECT count(*) FROM assessment_items i WHERE i.instrument = a.instrument)
