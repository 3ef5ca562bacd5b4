"""Train the number reader's network and write it: `python -m kiosk.vision.training.digits --help` (README.md)."""
# pyright: basic, reportMissingImports=false
# ruff: noqa: T201

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import cv2
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from kiosk.vision.numbers.strips import HEIGHT
from kiosk.vision.training.digitlines import CLASSES, GAP, IGNORED, WIDTH, sample, typefaces


def _conv(inputs: int, outputs: int, size: tuple[int, int], stride: int = 1, groups: int = 1) -> nn.Sequential:
    pad = (size[0] // 2, size[1] // 2)
    layer = nn.Conv2d(inputs, outputs, size, stride, pad, groups=groups, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class DigitNet(nn.Module):
    """Strips (n, 1, 32, w), levels 0-255 -> (n, 12, 1, w/4): logits of gap, 0 to 9, other, for each frame."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _conv(1, 16, (3, 3), 2),
            _conv(16, 24, (3, 3)),
            nn.MaxPool2d(2),
            _conv(24, 40, (3, 3)),
            _conv(40, 40, (3, 3)),
            nn.MaxPool2d((2, 1)),
            _conv(40, 64, (3, 3)),
            nn.Conv2d(64, 64, (4, 1), groups=64, bias=False),  # the column's four rows become one
            _conv(64, 72, (1, 3)),
            _conv(72, 72, (1, 5), groups=72),
            nn.Conv2d(72, CLASSES, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers((x - 128.0) / 64.0)


class Strips(Dataset[tuple[Tensor, Tensor]]):
    """Numbered strips, drawn when asked for."""

    def __init__(self, first: int, count: int) -> None:
        self.first, self.count, self.fonts = first, count, typefaces()

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        cv2.setNumThreads(0)
        strip, frames = sample(self.first + index, self.fonts)
        return torch.from_numpy(strip.copy())[None], torch.from_numpy(frames.copy())


def export(net: DigitNet, path: Path) -> None:
    """ONNX with the norms folded in by the reader of the file; any number of strips, any width."""
    net.eval()
    torch.onnx.export(
        net,
        (torch.zeros(1, 1, HEIGHT, WIDTH),),
        str(path),
        input_names=["strips"],
        output_names=["frames"],
        dynamic_axes={"strips": {0: "n", 3: "w"}, "frames": {0: "n", 3: "f"}},
        opset_version=13,
        dynamo=False,
    )


def main() -> None:
    """Train for so many steps, from nothing or from a checkpoint, and write checkpoint and ONNX."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and digits.onnx")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--first", type=int, default=0, help="number of the first strip")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.first)
    net, mean = DigitNet(), DigitNet()
    if options.start:
        net.load_state_dict(torch.load(options.start)["mean"])
    mean.load_state_dict(net.state_dict())
    print(sum(p.numel() for p in net.parameters()), "weights", flush=True)
    best = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-2)
    loader = DataLoader(Strips(options.first, options.batch * options.steps), options.batch, num_workers=1)
    begun, shown, right = time.monotonic(), 0.0, 0.0
    net.train()
    for step, (strips, want) in enumerate(loader):
        rate = min(1.0, (step + 1) / 100) * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * step / options.steps)))
        for group in best.param_groups:
            group["lr"] = options.rate * rate
        logits, want = net(strips.float())[:, :, 0], want.long()
        loss = nn.functional.cross_entropy(logits, want, ignore_index=IGNORED)
        best.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 4.0)
        best.step()
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for slow, fast in zip(mean.state_dict().values(), net.state_dict().values(), strict=True):
                if slow.dtype.is_floating_point:
                    slow.lerp_(fast, 1 - keep)
                else:
                    slow.copy_(fast)
            said = (want != IGNORED) & (want != GAP)
            right = 0.98 * right + 0.02 * float((logits.argmax(1) == want)[said].float().mean())
        shown = 0.98 * shown + 0.02 * float(loss.detach())
        if step % 50 == 49:
            print(f"{step + 1} {time.monotonic() - begun:.0f}s loss {shown:.4f} right {right:.4f}", flush=True)
        if step % 500 == 499 or step == options.steps - 1:
            options.out.mkdir(parents=True, exist_ok=True)
            torch.save({"mean": mean.state_dict(), "step": step + 1}, options.out / "digits.pt")
            export(mean, options.out / "digits.onnx")
            mean.train()


if __name__ == "__main__":
    main()
