-- Accounts without their passwords, and how many devices are signed in.
SELECT u.id, u.username, u.name, u.role, u.county, u.township, h.name AS home, u.donor, u.active, u.must_change,
  (SELECT locked_until FROM attempts a WHERE a.username = u.username AND a.locked_until > datetime('now')) AS locked_until,
  (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.claimed AND s.revoked_at IS NULL AND s.expires_at > datetime('now')) AS devices
FROM users u LEFT JOIN homes h ON h.id = u.home_id
