"""Builds the guest: a Debian 13 disk, its kernel and its initrd, from Debian packages and the lock's wheels.

`python -m tests.guest.build [--no-install]` prints the folder, `build/guest/<key>`, that holds `disk.img`,
`vmlinuz` and `initrd.img`; it does nothing when that folder is there. The key is a hash of all that goes in. Needs
root, or sudo that asks nothing, for debootstrap. Debian comes from wherever this machine's own apt gets it.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
CACHE = CHECKOUT / "build" / "guest"
SUITE, PYTHON = "trixie", "3.13"
SITE = f"usr/local/lib/python{PYTHON}/dist-packages"
DISK = "2G"
#: What the drivers and pytest import, with all that these import; versions and hashes are the lock's.
WHEELS = {
    *("appdirs", "argcomplete", "importlib-resources", "iniconfig", "numpy", "opencv-python-headless", "packaging"),
    *("pillow", "pluggy", "pygments", "pyserial", "pytest", "pytest-timeout", "python-barcode", "python-escpos"),
    *("pyyaml", "qrcode", "setuptools", "six", "zxing-cpp"),
}
PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in (17, 24, 26, 27, 28, 31, 34)] + ["manylinux2014_x86_64"]
INITRD_MODULES = "virtio_pci\nvirtio_blk\next4\n"
FSTAB = """/dev/vda / ext4 noatime 0 1
checkout /srv/checkout 9p trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose 0 0
tmpfs /tmp tmpfs mode=1777 0 0
"""
AGENT = """[Unit]
RequiresMountsFor=/srv/checkout
[Service]
Environment=PYTHONPATH=/srv/checkout PRODESAKU_GUEST=1 PYTHONDONTWRITEBYTECODE=1
WorkingDirectory=/srv/checkout
ExecStart=/usr/bin/python3 -m tests.guest.inside.agent
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
[Install]
WantedBy=multi-user.target
"""


class CannotBuild(Exception):
    """Something that is not the guest's fault is in the way: no root, another processor, no Debian package."""


def packages(kind: str) -> list[str]:
    """The Debian packages of `kind`: "host" or "guest"."""
    lines = (HERE / "debian-packages.txt").read_text(encoding="utf-8").splitlines()
    found = [line.split() for line in lines if line and not line.startswith("#")]
    return [words[0] for words in found if (words[1:] or ["host"]) == [kind]]


def locked() -> str:
    """The part of requirements.lock that names WHEELS."""
    text = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^(?=\S)", text)
    return "".join(part for part in parts if re.split(r"[=\s]", part)[0].lower() in WHEELS)


def key() -> str:
    """A name for what a guest built now would be."""
    what = [Path(__file__).read_bytes(), (HERE / "debian-packages.txt").read_bytes(), locked().encode()]
    return hashlib.sha256(b"\0".join(what)).hexdigest()[:16]


def built() -> Path | None:
    """The folder of the guest as it would be built now, when it is there."""
    folder = CACHE / key()
    return folder if (folder / "disk.img").exists() else None


def build(may_install: bool = True) -> Path:
    """The guest's folder, built unless it is there. Raises CannotBuild."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs at once build it once
        return built() or _build(may_install)


def _build(may_install: bool) -> Path:
    if os.uname().machine != "x86_64":
        raise CannotBuild("the guest is an x86-64 one and is emulated slowly enough on such a machine")
    sudo = _sudo()
    _host_packages(sudo, may_install)
    folder, work = CACHE / key(), CACHE / "work"
    root = work / "root"
    _run([*sudo, "rm", "-rf", str(work)])
    work.mkdir()
    began = time.monotonic()
    _debootstrap(sudo, root)
    _say(f"Debian {time.monotonic() - began:.0f} s")
    _wheels(work / "site")
    _configure(work / "over")
    # tar keeps modes; everything that is laid over the tree belongs to root there
    for source, target in ((work / "site", root / SITE), (work / "over", root)):
        _run([*sudo, "mkdir", "-p", str(target)])
        _run([*sudo, "cp", "-r", "--no-preserve=ownership", f"{source}/.", str(target)])
    inside = [*sudo, "chroot", str(root)]
    _run([*inside, "python3", "-m", "compileall", "-q", f"/{SITE}"], may_fail=True)
    _run([*inside, "systemctl", "enable", "-q", "guest-agent.service"])
    _run([*inside, "systemctl", "mask", "-q", "getty@.service", "getty.target", "apt-daily.timer", "e2scrub_all.timer"])
    _run([*inside, "update-initramfs", "-u"])
    _finish(sudo, root, work / "done", folder)
    _run([*sudo, "rm", "-rf", str(work)])
    _say(f"the guest {time.monotonic() - began:.0f} s")
    return folder


def _finish(sudo: Sequence[str], root: Path, done: Path, folder: Path) -> None:
    done.mkdir()
    for name in ("vmlinuz", "initrd.img"):
        _run([*sudo, "cp", "-L", str(root / name), str(done / name)])
    for away in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/locale", "boot"):
        _run([*sudo, "rm", "-rf", str(root / away)])
    _run([*sudo, "mkfs.ext4", "-q", "-d", str(root), str(done / "disk.img"), DISK])
    _run([*sudo, "chown", "-R", f"{os.getuid()}:{os.getgid()}", str(done)])
    for old in CACHE.iterdir():
        if old.is_dir() and re.fullmatch("[0-9a-f]{16}", old.name):
            shutil.rmtree(old)
    done.rename(folder)


def _sudo() -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "--preserve-env=http_proxy,https_proxy"]
    raise CannotBuild("debootstrap needs root, and sudo would ask for a password here")


def _host_packages(sudo: Sequence[str], may_install: bool) -> None:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages("host")], capture_output=True, text=True
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    missing = sorted(set(packages("host")) - there)
    if missing and not may_install:
        raise CannotBuild(f"Debian packages are missing: {' '.join(missing)}")
    if missing:
        apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        _run([*apt, "update", "-q"])
        _run([*apt, "install", "-y", "-q", "--no-install-recommends", *missing])


def mirror() -> str:
    """Where this machine gets Debian itself from: the first entry of apt's sources with its own suite."""
    words = dict(re.findall(r'(?m)^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(encoding="utf-8")))
    suite = words.get("VERSION_CODENAME", "")
    folder = Path("/etc/apt/sources.list.d")
    for path in sorted(folder.glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            fields = dict(re.findall(r"(?m)^(\w+):[ \t]*(.*)$", stanza))
            if suite and suite in fields.get("Suites", "").split():
                return fields["URIs"].split()[0]
    for path in [Path("/etc/apt/sources.list"), *sorted(folder.glob("*.list"))]:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found = re.search(rf"(?m)^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+{suite}\s", text)
        if suite and found:
            return found[1]
    raise CannotBuild("apt's sources on this machine name no Debian mirror")


def _debootstrap(sudo: Sequence[str], root: Path) -> None:
    include = ",".join(packages("guest"))
    _run([*sudo, "debootstrap", "--variant=minbase", f"--include={include}", SUITE, str(root), mirror()])


def _wheels(site: Path) -> None:
    wanted = site.parent / "wheels.txt"
    wanted.write_text(locked(), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", f"--python-version={PYTHON}", "--implementation=cp"]
    command += [f"--abi={abi}" for abi in (f"cp{PYTHON.replace('.', '')}", "abi3", "none")]
    command += [f"--platform={platform}" for platform in PLATFORMS]
    _run([*command, f"--target={site}", "-r", str(wanted)])


def _configure(over: Path) -> None:
    """Write the files that are laid over the Debian tree into `over`."""
    files = {
        "etc/fstab": FSTAB,
        "etc/hostname": "guest\n",
        "etc/initramfs-tools/modules": INITRD_MODULES,
        "etc/initramfs-tools/conf.d/guest": "MODULES=list\n",
        "etc/systemd/system/guest-agent.service": AGENT,
        "srv/checkout/.keep": "",
    }
    for name, text in files.items():
        path = over / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _run(command: list[str], may_fail: bool = False) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
    )
    if done.returncode and not may_fail:
        raise CannotBuild(f"{' '.join(command)} ended with {done.returncode}: {done.stdout[-2000:]}")


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")


def main() -> int:
    """Build, and print the folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.guest.build", description=__doc__)
    parser.add_argument("--no-install", action="store_true", help="do not install missing Debian packages")
    try:
        folder = build(may_install=not parser.parse_args().no_install)
    except CannotBuild as why:
        _say(str(why))
        return 1
    sys.stdout.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
