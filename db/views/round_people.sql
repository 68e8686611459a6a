-- Today's rounds person by person: what is marked; else away, ill or in hospital as in the last such round of three days; else done.
SELECT t.home_id, t.kind, t.round_id, t.confirmed_at, s.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = s.person_id) AS label, s.room,
  m.id AS mark_id, m.corrected_at, m.corrected_by,
  coalesce(m.state, CASE WHEN EXISTS (SELECT 1 FROM leaves v WHERE v.person_id = s.person_id AND today BETWEEN v.first_day AND v.last_day
      AND v.reason = 'visiting_kin') THEN 'away' END,
    (SELECT nullif(nullif(b.state, 'refused'), 'other') FROM rounds o JOIN round_marks b ON b.round_id = o.id AND b.person_id = s.person_id
     WHERE o.home_id = t.home_id AND o.kind = t.kind AND o.day < today AND o.day >= date(today, '-3 days') AND o.confirmed_at IS NOT NULL
       AND o.undone_at IS NULL ORDER BY o.day DESC LIMIT 1), 'done') AS state
FROM clock CROSS JOIN today_rounds t CROSS JOIN stays s ON s.home_id = t.home_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
LEFT JOIN round_marks m ON m.round_id = t.round_id AND m.person_id = s.person_id
