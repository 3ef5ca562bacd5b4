"""What happens in which order. Pure state machines: events in, next state and effects out.

No Kivy, no device, no store, no network and no clock of their own.
"""
