"""How what lands shares batches: as few as possible, within capacity, one after another."""
