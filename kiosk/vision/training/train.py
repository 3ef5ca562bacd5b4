"""Train, and write the weights: `python -m kiosk.vision.training.train --help`; README.md tells the run that counts."""
# pyright: basic, reportMissingImports=false
# ruff: noqa: T201

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from kiosk.vision.training.net import PageNet
from kiosk.vision.training.samples import sample
from kiosk.vision.training.scenes import scene
from kiosk.vision.training.surfaces import surfaces
from kiosk.vision.types import Image


class Scenes(Dataset[tuple[Tensor, Tensor, Tensor]]):
    """Numbered scenes, drawn when asked for: each as it is, and turned and mirrored."""

    def __init__(self, first: int, count: int, size: int, pictures: list[Image]) -> None:
        self.first, self.count, self.size, self.pictures = first, count, size, pictures

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor, Tensor]:
        cv2.setNumThreads(0)
        made = sample(scene(self.first + index, self.pictures), self.size)
        canvas, maps = torch.from_numpy(made.canvas.transpose(2, 0, 1).copy()), torch.tensor(made.maps)
        turns = 1 + index % 3
        other, other_maps = (torch.rot90(one, turns, (1, 2)).flip(2) for one in (canvas, maps))
        flags = torch.tensor(made.flags)
        return torch.stack([canvas, other]), torch.stack([maps, other_maps]), torch.stack([flags, flags])


def loss_of(maps: Tensor, flags: Tensor, want: Tensor, want_flags: Tensor) -> tuple[Tensor, dict[str, float]]:
    """Peaks after CornerNet's focal loss, areas by cross entropy and overlap, flags by cross entropy."""
    maps = maps.float()
    peak, shown = torch.sigmoid(maps[:, 0]), want[:, 0]
    near = torch.nn.functional.binary_cross_entropy_with_logits(maps[:, 0], shown, reduction="none")
    corner = (near * (torch.abs(shown - peak) ** 1.5) * (1 + 4 * shown)).sum() / max(1.0, float(shown.sum())) * 2
    area = torch.nn.functional.binary_cross_entropy_with_logits(maps[:, 1], want[:, 1])
    soft = torch.sigmoid(maps[:, 1])
    inter, total = (soft * want[:, 1]).sum((1, 2)), (soft + want[:, 1]).sum((1, 2))
    dice = (1 - (2 * inter + 8) / (total + 8)).mean()
    side = torch.nn.functional.binary_cross_entropy_with_logits(maps[:, 2], want[:, 2])
    other = torch.nn.functional.binary_cross_entropy_with_logits(maps[:, 3], want[:, 3])
    flag = torch.nn.functional.binary_cross_entropy_with_logits(flags.float(), want_flags, reduction="none").mean(0)
    total_loss = corner + area + dice + side + 0.5 * other + 0.25 * flag.sum()
    parts = {"corner": corner, "area": area, "dice": dice, "side": side, "other": other}
    parts |= {"f_paper": flag[0], "f_cut": flag[1], "f_several": flag[2], "f_flat": flag[3]}
    return total_loss, {name: float(value.detach()) for name, value in parts.items()}


def export(net: PageNet, size: int, path: Path) -> None:
    """ONNX with the maps' logits and the flags' logits, for a canvas of `size`."""
    net.eval()
    torch.onnx.export(
        net,
        (torch.zeros(1, 3, size, size),),
        str(path),
        input_names=["canvas"],
        output_names=["maps", "flags"],
        opset_version=13,
        dynamo=False,
    )


def main() -> None:
    """Train for so many steps at one canvas size, from nothing or from a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--surfaces", type=int, default=400, help="how many surfaces are drawn to lay papers on")
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--minutes", type=float, help="end by then, and let the rate fall by the clock")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--first", type=int, default=0, help="number of the first scene")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="of the training itself, beside the workers that draw")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--export", type=Path, help="only write this ONNX file from --start")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.first)
    net = PageNet()
    if options.start:
        net.load_state_dict(torch.load(options.start)["mean"])
    if options.export:
        export(net, options.size, options.export)
        return
    options.out.mkdir(parents=True, exist_ok=True)
    mean = PageNet()
    mean.load_state_dict(net.state_dict())
    net = net.to(memory_format=torch.channels_last)
    best = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-2)
    scenes = Scenes(options.first, options.batch // 2 * options.steps, options.size, surfaces(options.surfaces))
    loader = DataLoader(
        scenes, options.batch // 2, num_workers=options.workers, prefetch_factor=4, persistent_workers=True
    )
    sums: dict[str, float] = {}
    begun = time.monotonic()
    net.train()
    for step, pairs in enumerate(loader):
        canvas, want, want_flags = (one.flatten(0, 1) for one in pairs)
        part = step / options.steps
        if options.minutes:
            part = max(part, min(1.0, (time.monotonic() - begun) / 60 / options.minutes))
        rate = options.rate * min(1.0, (step + 1) / 100) * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * part)))
        for group in best.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", dtype=torch.bfloat16):
            maps, flags = net(canvas.float().contiguous(memory_format=torch.channels_last))
        total, parts = loss_of(maps, flags, want, want_flags)
        best.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 4.0)
        best.step()
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for slow, fast in zip(mean.state_dict().values(), net.state_dict().values(), strict=True):
                if slow.dtype.is_floating_point:
                    slow.lerp_(fast, 1 - keep)
                else:
                    slow.copy_(fast)
        for name, value in parts.items():
            sums[name] = sums.get(name, value) * 0.98 + value * 0.02
        last = step == options.steps - 1 or part >= 1
        if step % 50 == 49 or last:
            shown = " ".join(f"{name} {value:.4f}" for name, value in sums.items())
            print(f"{step + 1} {time.monotonic() - begun:.0f}s rate {rate:.5f} {shown}", flush=True)
        if step % 100 == 99 or last:
            torch.save({"mean": mean.state_dict(), "net": net.state_dict(), "step": step + 1}, options.out / "last.pt")
        if last:
            break


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
