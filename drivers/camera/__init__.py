"""The document camera: wire (VideoCapture in a thread), driver (preview and still), device (the role), twin."""

from drivers.camera.device import DocumentCamera, open

__all__ = ["DocumentCamera", "open"]
