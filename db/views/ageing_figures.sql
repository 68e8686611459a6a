-- Active ageing in three pillars by home and month, as sums: top over bottom, which is of how many anything is known; everyone is how many
-- live there. people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT home_id, month, f.pillar, f.figure, f.unit, CASE f.figure WHEN 'able' THEN able WHEN 'kept' THEN kept WHEN 'no_fall' THEN no_fall WHEN 'checked' THEN checked
    WHEN 'gave_year' THEN gave WHEN 'both_year' THEN both WHEN 'attended' THEN attended WHEN 'lecture' THEN lecture
    WHEN 'seen_month' THEN seen WHEN 'benefits' THEN benefits ELSE met END AS top,
  CASE f.figure WHEN 'able' THEN assessed WHEN 'kept' THEN compared WHEN 'benefits' THEN asked WHEN 'needs_met' THEN surveyed ELSE everyone END AS bottom,
  everyone,
  CASE f.figure WHEN 'able' THEN able WHEN 'kept' THEN kept WHEN 'no_fall' THEN no_fall WHEN 'checked' THEN checked
    WHEN 'gave_year' THEN gave WHEN 'both_year' THEN both WHEN 'attended' THEN attendants WHEN 'lecture' THEN lecture
    WHEN 'seen_month' THEN seen WHEN 'benefits' THEN benefits ELSE met END AS people,
  CASE f.figure WHEN 'able' THEN assessed - able WHEN 'kept' THEN compared - kept WHEN 'no_fall' THEN everyone - no_fall WHEN 'checked' THEN everyone - checked
    WHEN 'gave_year' THEN everyone - gave WHEN 'both_year' THEN everyone - both WHEN 'attended' THEN everyone - attendants WHEN 'lecture' THEN everyone - lecture
    WHEN 'seen_month' THEN everyone - seen WHEN 'benefits' THEN asked - benefits ELSE surveyed - met END AS rest
FROM (
  SELECT home_id, month, count(*) AS everyone, count(level) AS assessed, coalesce(sum(level <= 1), 0) AS able, count(kept) AS compared, coalesce(sum(kept), 0) AS kept,
    sum(no_fall) AS no_fall, sum(checked) AS checked, sum(gave) AS gave, sum(both) AS both, sum(attended) AS attended, sum(attended > 0) AS attendants,
    sum(lecture) AS lecture, sum(seen) AS seen, count(benefits) AS asked, coalesce(sum(benefits), 0) AS benefits, count(met) AS surveyed, coalesce(sum(met), 0) AS met
  FROM ageing_people GROUP BY home_id, month
) CROSS JOIN (
  SELECT 'health' AS pillar, 'able' AS figure, 'percent' AS unit UNION ALL SELECT 'health', 'kept', 'percent' UNION ALL SELECT 'health', 'no_fall', 'percent'
  UNION ALL SELECT 'health', 'checked', 'percent' UNION ALL SELECT 'participation', 'gave_year', 'percent' UNION ALL SELECT 'participation', 'both_year', 'percent'
  UNION ALL SELECT 'participation', 'attended', 'times_each' UNION ALL SELECT 'participation', 'lecture', 'percent' UNION ALL SELECT 'security', 'seen_month', 'percent'
  UNION ALL SELECT 'security', 'benefits', 'percent' UNION ALL SELECT 'security', 'needs_met', 'percent'
) f
UNION ALL
SELECT home_id, month, 'security', 'bed_rate', unit, top, bottom, people, people, 0 FROM room_figures WHERE figure = 'bed_rate'
