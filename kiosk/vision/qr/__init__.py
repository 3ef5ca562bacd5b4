"""A QR reader of our own, for what the quick decoder gives up: bent or soft symbols, lamps on them, parts missing.

Finders against their surroundings (:mod:`.finders`), grouped in threes (:mod:`.triples`); the lattice followed over
bent paper (:mod:`.anchors`, :mod:`.lattice`); module values with the lens's blur undone (:mod:`.sampling`); repair
that is told which words to doubt and accepted only where it cannot be luck (:mod:`.repair`, :mod:`.reedsolomon`). The
repaired symbol is drawn clean and read by the quick decoder, which knows every mode and ECI: no charset is guessed.
"""
