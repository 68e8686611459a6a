-- What somebody let pass on the roster, by whom and why.
SELECT o.home_id, s.month, o.id, s.day, s.name AS duty_name, (SELECT label FROM person_labels l WHERE l.id = o.person_id) AS label,
  o.rule, o.reason, o.decided_by
FROM overrides o JOIN shift_list s ON s.id = o.shift_id
