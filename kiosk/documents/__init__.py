"""Trust in documents: the PAdES profile, QR seals, status lists, verdicts."""
