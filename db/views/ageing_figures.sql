-- Active ageing in three pillars by home and month, as sums: top over bottom, which is of how many anything is known; everyone is how many
-- live there. people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT home_id, month, f.pillar, f.figure, f.unit, CASE f.figure WHEN 'able' THEN able WHEN 'kept' THEN kept WHEN 'no_fall' THEN no_fall WHEN 'checked' THEN checked
    WHEN 'gave_year' THEN gave WHEN 'both_year' THEN both WHEN 'attended' THEN attended WHEN 'lecture' THEN lecture
    WHEN 'seen_month' THEN seen WHEN 'benefits' THEN benefits ELSE met END AS top,
  CASE f.figure WHEN 'able' THEN assessed WHEN 'kept' THEN compared WHEN 'benefits' THEN asked WHEN 'needs_met' THEN surveyed WHEN 'no_fall' THEN fall_known WHEN 'checked' THEN check_known WHEN 'gave_year' THEN help_known
    WHEN 'both_year' THEN help_known WHEN 'attended' THEN note_known WHEN 'lecture' THEN note_known ELSE everyone END AS bottom,
  everyone,
  CASE f.figure WHEN 'able' THEN able WHEN 'kept' THEN kept WHEN 'no_fall' THEN no_fall WHEN 'checked' THEN checked
    WHEN 'gave_year' THEN gave WHEN 'both_year' THEN both WHEN 'attended' THEN attendants WHEN 'lecture' THEN lecture
    WHEN 'seen_month' THEN seen WHEN 'benefits' THEN benefits ELSE met END AS people,
  CASE f.figure WHEN 'able' THEN assessed - able WHEN 'kept' THEN compared - kept WHEN 'no_fall' THEN fall_known - no_fall WHEN 'checked' THEN check_known - checked
    WHEN 'gave_year' THEN help_known - gave WHEN 'both_year' THEN help_known - both WHEN 'attended' THEN note_known - attendants WHEN 'lecture' THEN note_known - lecture
    WHEN 'seen_month' THEN everyone - seen WHEN 'benefits' THEN asked - benefits ELSE surveyed - met END AS rest
FROM (
  SELECT home_id, month, count(*) AS everyone, count(level) AS assessed, coalesce(sum(level <= 1), 0) AS able, count(kept) AS compared, coalesce(sum(kept), 0) AS kept,
    count(no_fall) AS fall_known, coalesce(sum(no_fall), 0) AS no_fall, count(checked) AS check_known, coalesce(sum(checked), 0) AS checked,
    count(gave) AS help_known, coalesce(sum(gave), 0) AS gave, coalesce(sum(both), 0) AS both, count(attended) AS note_known,
    coalesce(sum(attended), 0) AS attended, coalesce(sum(attended > 0), 0) AS attendants, coalesce(sum(lecture), 0) AS lecture, sum(seen) AS seen, count(benefits) AS asked, coalesce(sum(benefits), 0) AS benefits, count(met) AS surveyed, coalesce(sum(met), 0) AS met
  FROM ageing_people GROUP BY home_id, month
) CROSS JOIN (
  SELECT 'health' AS pillar, 'able' AS figure, 'percent' AS unit UNION ALL SELECT 'health', 'kept', 'percent' UNION ALL SELECT 'health', 'no_fall', 'percent'
  UNION ALL SELECT 'health', 'checked', 'percent' UNION ALL SELECT 'participation', 'gave_year', 'percent' UNION ALL SELECT 'participation', 'both_year', 'percent'
  UNION ALL SELECT 'participation', 'attended', 'times_each' UNION ALL SELECT 'participation', 'lecture', 'percent' UNION ALL SELECT 'security', 'seen_month', 'percent'
  UNION ALL SELECT 'security', 'benefits', 'percent' UNION ALL SELECT 'security', 'needs_met', 'percent'
) f
UNION ALL
SELECT home_id, month, 'security', 'bed_rate', unit, top, bottom, people, people, 0 FROM room_figures WHERE figure = 'bed_rate'
