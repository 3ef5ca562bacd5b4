"""The Django application that owns all tables."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Label `registry`."""

    name = "central.registry"
    label = "registry"
    verbose_name = "Register"
