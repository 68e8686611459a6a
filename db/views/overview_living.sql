-- Residents at the end of the month by category, several at once are possible; rest are the home's other residents.
-- Ages stay out: beside the age bands they would tell a hidden one.
SELECT home_id, month, category, people, residents - people AS rest FROM living_sums
