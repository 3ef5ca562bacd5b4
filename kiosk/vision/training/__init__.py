"""How the page finder's small network is made: papers and desks are drawn, laid and photographed by a program.

Nothing of the product imports this package and it is not installed with it; PyTorch belongs to the machine that trains,
in an environment of its own. See README.md beside this file.
"""
