-- What is left of the goods of each gift.
SELECT e.home_id, e.item, e.gift_id, g.day, sum(e.thousandths) AS thousandths
FROM stock_entries e JOIN gifts g ON g.id = e.gift_id GROUP BY e.home_id, e.item, e.gift_id
