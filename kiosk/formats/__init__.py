"""The formats that kiosk and centre both speak, and nothing else: no keys, no files, no network, no clock.

Only this room is shared by `kiosk` and `central`.
"""
