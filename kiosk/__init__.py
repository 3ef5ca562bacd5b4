"""The appliance's application: journeys, trust, store, devices' client and the screen."""
