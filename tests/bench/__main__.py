"""`make bench`: every benchmark of this folder, one after the other."""

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    codes = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"== {path.stem}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"tests.bench.{path.stem}"]).returncode)
    sys.exit(max(codes, default=0))
