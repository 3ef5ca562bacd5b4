"""Hardware, and nothing but hardware. Usable without the kiosk."""
