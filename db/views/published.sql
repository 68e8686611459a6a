-- What is published: which months of a home.
SELECT d.id AS disclosure_id, d.home_id, d.from_month, d.to_month FROM disclosures d
JOIN disclosure_steps s ON s.disclosure_id = d.id AND s.step = 'published'
