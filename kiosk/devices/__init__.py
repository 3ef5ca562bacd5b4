"""The device service in its own process, and its client."""
