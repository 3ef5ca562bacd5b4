"""The tables of the back office and the rules of what may be written into them."""
