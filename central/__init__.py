"""The regency's back office: the kiosks' API, the clerks' pages, e-signing, registers."""
