"""The network's view: its size on disk, its places, and that it may be asked from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import numpy as np

from kiosk.vision import pagenet
from tests.vision.scenes import overlap, page_scene

SCENE = page_scene(1, "wood")


def test_the_weights_are_small() -> None:
    assert len(files("kiosk.vision").joinpath("pagenet.onnx").read_bytes()) < 3_000_000


def test_the_outline_lies_roughly_where_the_sheet_is() -> None:
    view = pagenet.look(SCENE.picture)
    rough = pagenet.outline(view)
    assert rough is not None
    assert view.has_paper > 0.5
    assert SCENE.corners is not None
    assert overlap(view.to_picture(rough.cells), SCENE.corners) > 0.9


def test_places_on_the_maps_are_places_on_the_picture() -> None:
    view = pagenet.look(SCENE.picture)
    rows, columns = SCENE.picture.shape[:2]
    first = pagenet.MARGIN / 4 - 0.5  # the picture's own edge, in cells
    last = (pagenet.SIZE - pagenet.MARGIN) / 4 - 0.5
    placed = view.to_picture(np.array([(first, first), (last, last)]))
    assert np.allclose(placed, [(-0.5, -0.5), (columns - 0.5, rows - 0.5)])


def test_an_even_picture_has_no_outline() -> None:
    view = pagenet.look(np.full((480, 640, 3), 90, np.uint8))
    assert view.has_paper < 0.5
    assert pagenet.surroundings(view) is None or pagenet.outline(view) is None or view.has_paper < 0.25


def test_many_threads_get_what_one_gets() -> None:
    pictures = [page_scene(seed).picture for seed in range(3)]
    alone = [pagenet.look(picture).paper for picture in pictures]
    with ThreadPoolExecutor(4) as workers:
        together = list(workers.map(lambda picture: pagenet.look(picture).paper, pictures * 4))
    for index, paper in enumerate(together):
        assert np.allclose(paper, alone[index % 3], atol=1e-4)
