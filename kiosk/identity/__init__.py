"""Trust in parties: the device key, signed requests and receipts, the trust list, the clock floor."""
