"""Operations of migrations on tables, across streams: which clash, by rules and in words; unmigrated models."""
