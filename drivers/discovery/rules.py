"""The udev rules of the same table: links that stay, who may open them, and who leaves them alone.

Sources: udev(7) (keys, substitutions: `$id` is the name of the parent that matched, so the port); ModemManager's
documentation of ID_MM_DEVICE_IGNORE, a property of the USB device and not of its port; libinput's documentation of
LIBINPUT_IGNORE_DEVICE. The file is read after 60-input-id, which it needs, and before 77-mm, which it
steers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drivers.discovery.models import CANDIDATES, MODELS, Model, Role, Wire

OWNER = "prodesaku-devices"  # systemd/prodesaku.sysusers makes this user, and a group of its name
_NODES = {
    Wire.LP: 'SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*"',
    Wire.TTY: 'SUBSYSTEM=="tty", KERNEL=="ttyACM[0-9]*|ttyUSB[0-9]*"',
    Wire.KEYS: 'SUBSYSTEM=="input", KERNEL=="event[0-9]*"',
}
# the service is the owner, for its unit gives it another first group than the user's own
_OURS = f'OWNER="{OWNER}", GROUP="{OWNER}", MODE="0660"'
_USB = 'SUBSYSTEMS=="usb", ATTRS{idVendor}=='


def rules(models: Iterable[Model] = MODELS) -> str:
    """The rules file, as text."""
    return "\n".join(_lines(tuple(models))) + "\n"


def _lines(models: tuple[Model, ...]) -> Iterator[str]:
    yield "# /usr/lib/udev/rules.d/60-prodesaku.rules"
    yield "# Written by `python -m drivers.discovery rules`; change drivers/discovery/models.py instead."
    yield 'ACTION=="remove", GOTO="prodesaku_end"'
    yield ""
    yield "# no modem is looked for behind these: the questions would be printed, or taken for commands"
    for each in models:
        if each.wire == Wire.TTY:
            ids = f'ATTR{{idVendor}}=="{each.vendor}", ATTR{{idProduct}}=="{each.product}"'
            yield f'SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", {ids}, ENV{{ID_MM_DEVICE_IGNORE}}="1"'
    yield ""
    yield "# what has no row: cameras and printers by what the kernel makes of them"
    yield f'SUBSYSTEM=="video4linux", ATTR{{index}}=="0", {_USB}"?*", ENV{{PRODESAKU_ROLE}}="{Role.CAMERA}"'
    yield f'{_NODES[Wire.LP]}, {_USB}"?*", ENV{{PRODESAKU_ROLE}}="{Role.PRINTER}", {_OURS}'
    yield f'{_NODES[Wire.TTY]}, {_USB}"?*", ENV{{PRODESAKU_ROLE}}="{Role.SERIAL}"'
    for wire in Wire:
        yield ""
        for each in models:
            if each.wire == wire:
                yield f"# {each.name}"
                yield _row(each)
    yield ""
    yield "# of what types only the keyboard itself is linked, not its volume keys"
    yield 'SUBSYSTEM=="input", ENV{ID_INPUT_KEYBOARD}!="1", GOTO="prodesaku_end"'
    yield 'ENV{PRODESAKU_ROLE}!="?*", GOTO="prodesaku_end"'
    yield ""
    yield "# the only one, or any of several"
    for role in sorted({each.role for each in models} - CANDIDATES):
        yield f'ENV{{PRODESAKU_ROLE}}=="{role}", SYMLINK+="prodesaku/{role}"'
    yield "# which of several: by port, and by serial number where there is one"
    yield f'{_USB}"?*", SYMLINK+="prodesaku/$env{{PRODESAKU_ROLE}}-at-$id"'
    # usb_id asks the device itself; ATTRS{serial} would go on up to the hub's
    yield 'SUBSYSTEMS=="usb", IMPORT{builtin}="usb_id"'
    yield 'ENV{ID_SERIAL_SHORT}=="?*", SYMLINK+="prodesaku/$env{PRODESAKU_ROLE}-sn-$env{ID_SERIAL_SHORT}"'
    yield ""
    yield 'LABEL="prodesaku_end"'


def _row(model: Model) -> str:
    parts = [_NODES[model.wire], f'{_USB}"{model.vendor}"', f'ATTRS{{idProduct}}=="{model.product}"']
    if model.wire == Wire.KEYS:
        parts.append('ENV{LIBINPUT_IGNORE_DEVICE}="1"')  # the screen is not to get what it types
    return ", ".join([*parts, _OURS, f'ENV{{PRODESAKU_ROLE}}="{model.role}"'])
