"""What happens in which order. Pure state machines: events in, next state and effects out.

No Kivy, no device, no store, no network and no clock of their own::

    visit = start(site, pack, now=monotonic(), wall=time())
    visit, effects = step(visit, Press(Act.START))
    draw(view(visit))

`start(site, pack, *, now=0.0, wall=0.0, status=None) -> Visit` puts the waiting page up.
`step(visit, event) -> (Visit, tuple[Effect, ...])` never raises, whatever comes in whichever order.
`view(visit) -> View` is all the screen needs. `icons_used(pack) -> frozenset[str]` names every icon a page may carry.
"""
