-- The items that changed between the last two finished assessments of a person by one instrument.
SELECT n.home_id, n.person_id, n.instrument, i.id AS position, i.part, i.code AS item, b.score AS score_before, s.score,
  s.score - b.score AS change
FROM (
  SELECT *, row_number() OVER both AS turn, lead(id) OVER both AS before_id
  FROM assessments WHERE finished = 1
  WINDOW both AS (PARTITION BY person_id, instrument ORDER BY day DESC, id DESC)
) n
JOIN assessment_scores s ON s.assessment_id = n.id
JOIN assessment_scores b ON b.assessment_id = n.before_id AND b.item = s.item
JOIN assessment_items i ON i.instrument = n.instrument AND i.code = s.item
WHERE n.turn = 1 AND b.score <> s.score
