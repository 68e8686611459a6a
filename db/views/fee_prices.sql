-- Every price that the home has for somebody of its register.
SELECT p.id AS person_id, p.home_id, r.fee, r.from_day, r.age_from, r.price_fen, p.birth_day FROM persons p JOIN prices r ON r.home_id = p.home_id
