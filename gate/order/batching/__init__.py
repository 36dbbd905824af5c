"""How the streams that land share batches: as few as possible, within capacity, one after another."""
