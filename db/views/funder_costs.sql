-- What the homes to which a funder gave spent in a month, all money together.
SELECT f.home_id, f.month, d.donor, f.spent_fen / 100.0 AS spent_yuan
FROM (SELECT DISTINCT donor, home_id FROM gifts WHERE donor IS NOT NULL) d JOIN fund_months f ON f.home_id = d.home_id AND f.purpose <> ''
