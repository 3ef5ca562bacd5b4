"""Linux input devices (evdev): what keypads and readers that type like a keyboard have in common.

events (bytes of `struct input_event`), source (one open device: the kernel's, or a twin's socket), find (which device
is meant, by its identity), driver (one device, grabbed, reopened), keymap (keystrokes to bytes), plug (for twins).
"""
