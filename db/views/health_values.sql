-- Every measured value with its normal band: mark says whether it lies below or above.
SELECT v.home_id, v.person_id, v.note_id, v.day, v.measure, v.value, b.low, b.high,
  CASE WHEN v.value < b.low THEN 'low' WHEN v.value > b.high THEN 'high' END AS mark
FROM (
  SELECT home_id, person_id, id AS note_id, day, 'systolic' AS measure, systolic AS value FROM health_notes WHERE systolic IS NOT NULL
  UNION ALL SELECT home_id, person_id, id, day, 'diastolic', diastolic FROM health_notes WHERE diastolic IS NOT NULL
  UNION ALL SELECT home_id, person_id, id, day, 'pulse', pulse FROM health_notes WHERE pulse IS NOT NULL
  UNION ALL SELECT home_id, person_id, id, day, 'glucose', glucose FROM health_notes WHERE glucose IS NOT NULL
  UNION ALL SELECT home_id, person_id, id, day, 'weight', weight FROM health_notes WHERE weight IS NOT NULL
  UNION ALL SELECT home_id, person_id, id, day, 'temperature', temperature FROM health_notes WHERE temperature IS NOT NULL
) v JOIN health_bands b ON b.measure = v.measure
