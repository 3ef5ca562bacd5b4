"""Field types and their rules, independent of any screen."""
