-- The items of each assessment in the form's order, with the score given so far.
SELECT a.home_id, a.person_id, a.id AS assessment_id, i.id AS position, i.part, i.code AS item, i.highest, i.step, i.scale, s.id AS score_id, s.score
FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument
LEFT JOIN assessment_scores s ON s.assessment_id = a.id AND s.item = i.code
