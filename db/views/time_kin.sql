-- Who is kin to whom, from either side; direct: parents and children, grandparents and grandchildren (直系亲属).
SELECT r.home_id, r.id, r.person_id, r.relative_id, r.kin_relation, r.kin_relation IN ('child', 'parent', 'grandchild', 'grandparent') AS direct FROM relatives r
UNION ALL
SELECT p.home_id, r.id, r.relative_id, r.person_id, CASE r.kin_relation WHEN 'child' THEN 'parent' WHEN 'parent' THEN 'child' WHEN 'grandchild' THEN 'grandparent'
    WHEN 'grandparent' THEN 'grandchild' ELSE r.kin_relation END, r.kin_relation IN ('child', 'parent', 'grandchild', 'grandparent')
FROM relatives r JOIN persons p ON p.id = r.relative_id
