"""The A4 printer; `drivers.page.device.open(url)` gives a PagePrinter."""
