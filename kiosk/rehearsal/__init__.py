"""A whole house on one machine: virtual devices, an embedded centre, the three processes, and somebody to use them.

`prodesaku run --virtual` and `prodesaku journey` live here. Nothing of the appliance imports this room.
"""
