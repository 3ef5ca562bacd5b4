"""Ticket numbers, ticket keys, the slip's layout."""
