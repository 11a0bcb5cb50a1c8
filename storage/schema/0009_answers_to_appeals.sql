-- What a moderator answered to an appeal against a refusal: 1 lets the member ask so after all.

ALTER TABLE refusals ADD COLUMN granted INTEGER;
