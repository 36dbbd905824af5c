"""What migrations do to tables, across streams: what clashes, in rules and in words, and models without a migration."""
