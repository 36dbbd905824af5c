"""One module a command. Only this package prints, exits and reads the environment."""
