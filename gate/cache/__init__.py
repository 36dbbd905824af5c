"""The store of what is kept between runs, in one SQLite file: facts by blob, reports, activity."""
