"""Service packs: what a regency offers, as signed data."""
