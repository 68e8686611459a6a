-- The visits as they were written.
SELECT v.home_id, v.id, v.person_id, v.day, (SELECT label FROM person_labels l WHERE l.id = v.person_id) AS label,
  v.channel, coalesce((SELECT label FROM person_labels l WHERE l.id = v.visitor_id), v.visitor_name) AS visitor, v.minutes,
  v.block_health, v.block_living, v.block_family, v.block_safety, v.block_wishes, v.signs, v.note
FROM visits v
