"""Asked to end, every process ends: systemd asks by SIGTERM, and the machine is switched off every evening."""

import time
from pathlib import Path

import pytest

from kiosk.rehearsal.finger import Finger
from kiosk.rehearsal.stage import Stage


@pytest.mark.timeout(120)
def test_a_window_and_a_waiting_centre_end_politely_and_at_once(tmp_path: Path) -> None:
    with Stage(tmp_path, twins=False, keep_alive=False) as stage:
        finger = Finger(stage.pilot_socket)
        assert finger.look()["page"] == "Waiting"
        finger.close()
        time.sleep(1)  # the agent's long poll stands at the centre by now
        central = stage._central
        assert central is not None
        asked = [*stage.processes.values(), central]
        begun = time.monotonic()
        for process in asked:
            process.terminate()
        codes = [process.wait(timeout=20) for process in asked]
        assert codes == [0, 0, 0, 0]
        # it was five seconds when the window refused and the long poll was waited for; a busy machine needs two
        assert time.monotonic() - begun < 4
