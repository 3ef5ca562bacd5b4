"""The document camera: sources (V4L2, CSI, network, film), feed (reads one in a thread), driver, device, twin."""

from drivers.camera.device import DocumentCamera, open

__all__ = ["DocumentCamera", "open"]
