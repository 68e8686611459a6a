-- Places of tomorrow's shifts that nobody has taken.
SELECT s.home_id, s.id, s.day, s.name AS duty, s.service, s.start_minute, s.minutes, s.needed, s.open, s.request_id, s.elder
FROM clock JOIN shift_list s ON s.day = date(today, '+1 day') WHERE s.open > 0
