-- What people hold now on their passbooks, the band it lies in, and in how many passbooks that are not closed. Rows to be summed.
SELECT a.home_id, CASE WHEN b.balance <= 0 THEN 'band_0' WHEN b.balance < 60 THEN 'band_1' WHEN b.balance < 300 THEN 'band_5' WHEN b.balance < 1200 THEN 'band_20'
    WHEN b.balance < 6000 THEN 'band_100' ELSE 'band_more' END AS band, max(b.balance, 0) AS minutes, 1 AS people
FROM time_accounts a JOIN time_balances b ON b.account_id = a.id WHERE a.kind = 'person' AND a.closed_day IS NULL
