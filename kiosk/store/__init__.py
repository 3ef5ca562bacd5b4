"""The one SQLite file, the sealed spool, the print ledger, the journal."""
