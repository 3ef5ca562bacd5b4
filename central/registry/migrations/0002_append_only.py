"""Events and audit entries can be added and nothing else. The database itself refuses."""

from django.db import migrations

_TABLES = ("registry_event", "registry_audit")


def protect(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        raise RuntimeError("append-only triggers are written for SQLite; write them for this database first")
    for table in _TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )


def unprotect(apps, schema_editor):
    for table in _TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
