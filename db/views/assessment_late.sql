-- Residents of today whose assessment is overdue, and for how many days: never assessed since they came, a risk event since the last one, or
-- too long ago. What assessment_due says of them, found from what is last known of each person.
SELECT home_id, person_id, assessed, days FROM assessment_never
UNION ALL
SELECT home_id, person_id, assessed, days FROM assessment_old
UNION ALL
SELECT home_id, person_id, assessed, days FROM assessment_anew
