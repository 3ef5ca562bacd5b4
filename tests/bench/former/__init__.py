"""The page finder before this one: candidates from light, colour and lines, judged by their own edges. A peer."""

from tests.bench.former.page import find_page

__all__ = ["find_page"]
