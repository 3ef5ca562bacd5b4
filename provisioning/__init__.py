"""From a blank card to a working kiosk."""
