-- People with an unmet need by service in each round, for setting one round beside another. Rows to be summed.
SELECT home_id, round_id, service, people, surveyed - people AS rest FROM needs_counts
