"""What several migration tools share."""
