-- Money spent by home and month in the shape of overview_figures, what was reversed taken off; no person is in it.
SELECT home_id, month, 'spent_yuan' AS figure, 'yuan' AS unit, spent_fen / 100.0 AS top, 0 AS bottom, 0 AS people, 0 AS rest FROM money_months
