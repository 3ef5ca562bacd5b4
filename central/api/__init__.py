"""What kiosks ask of the centre: one signed HTTP API, described by `central/openapi.json`."""
