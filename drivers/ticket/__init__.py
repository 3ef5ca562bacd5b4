"""The thermal ticket printer; `drivers.ticket.device.open(url)` gives a TicketPrinter."""
