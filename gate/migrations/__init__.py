"""Database migrations: tools, what migrations do, their graph, and its repair."""
