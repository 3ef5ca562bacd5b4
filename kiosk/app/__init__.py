"""The shell: runs journeys, carries their effects out, brings events back."""
