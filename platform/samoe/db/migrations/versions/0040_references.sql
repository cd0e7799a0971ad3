-- The code of the national indicator whose groups are counted by the rule, beside the group that it was picked on.
ALTER TABLE reference_rules ADD COLUMN contract TEXT;
