"""What a picture is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: A colour picture as OpenCV keeps it: uint8, shape (height, width, 3), blue first.
Pixels = npt.NDArray[np.uint8]
