"""The sync agent in its own process: outbox up, feed down."""
