"""The clerks' pages under /dinas/. Indonesian, drawn on the server, usable without scripts."""
