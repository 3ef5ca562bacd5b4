"""Arrays in, findings out. No device, no screen."""
