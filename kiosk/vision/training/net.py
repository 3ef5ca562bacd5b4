"""The network: a small residual encoder, a light decoder for four maps, and four flags. PyTorch, training only."""
# pyright: basic, reportMissingImports=false

from __future__ import annotations

import torch
from torch import Tensor, nn


def _conv(inputs: int, outputs: int, stride: int = 1, groups: int = 1, size: int = 3) -> nn.Sequential:
    layer = nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class _Block(nn.Module):
    """Two convolutions beside a straight way."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.one = _conv(width, width)
        self.two = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.two(self.one(x)))


class _Wide(nn.Module):
    """A wide look at low cost: 7x7 for each channel alone, then two mixing layers."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(width, width, 7, 1, 3, groups=width, bias=False),
            nn.BatchNorm2d(width),
            nn.Conv2d(width, 2 * width, 1, bias=False),
            nn.BatchNorm2d(2 * width),
            nn.ReLU(inplace=True),
            nn.Conv2d(2 * width, width, 1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.look(x))


class PageNet(nn.Module):
    """Canvas (n, 3, s, s), levels 0-255 as they come -> maps (n, 4, s/4, s/4) and flags (n, 4), both logits."""

    def __init__(self) -> None:
        super().__init__()
        self.quarter = nn.Sequential(_conv(3, 16, 2), _conv(16, 24, 2), _Block(24))
        self.eighth = nn.Sequential(_conv(24, 48, 2), _Block(48), _Block(48))
        self.sixteenth = nn.Sequential(_conv(48, 80, 2), _Block(80), _Block(80))
        self.last = nn.Sequential(_conv(80, 112, 2), _Wide(112), _Wide(112), _Wide(112))
        self.down3 = _conv(112, 64, size=1)
        self.side2, self.mix2 = nn.Conv2d(80, 64, 1), _conv(64, 48)
        self.side1, self.mix1 = nn.Conv2d(48, 48, 1), _conv(48, 32)
        self.side0, self.mix0 = nn.Conv2d(24, 32, 1), _conv(32, 32)
        self.maps = nn.Conv2d(32, 4, 1)
        self.flags = nn.Linear(112 + 64, 4)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = (x - 114.0) / 64.0
        c0 = self.quarter(x)
        c1 = self.eighth(c0)
        c2 = self.sixteenth(c1)
        c3 = self.last(c2)
        p3 = self.down3(c3)
        p2 = self.mix2(torch.relu(self.up(p3) + self.side2(c2)))
        p1 = self.mix1(torch.relu(self.up(p2) + self.side1(c1)))
        p0 = self.mix0(torch.relu(self.up(p1) + self.side0(c0)))
        seen = torch.cat([c3.mean((2, 3)), p3.amax((2, 3))], 1)
        return self.maps(p0), self.flags(seen)
