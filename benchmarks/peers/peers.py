"""What the peers in Python have in common: where the data is, and how they are timed."""

import os
import statistics
import sys
import time

import numpy as np

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "target", "data")


def data(name):
    """Returns the path of a file that the benchmark in Java has made."""
    path = os.path.join(DATA, name)
    if not os.path.exists(path):
        sys.exit(f"{path} is not there; run the benchmark in Java first, which makes it")
    return path


def gaussians(rows, width):
    """Returns the features and the classes of a file of rows."""
    table = np.fromfile(data(f"gaussians-{rows}x{width}.f32"), dtype="<f4").reshape(rows, width + 1)
    return np.ascontiguousarray(table[:, :width]), table[:, width].astype(np.int64)


def report(measure, unit, peer, job, scale=1.0, warmups=1, rounds=5):
    """Runs a job several times and prints its median time, in seconds times a scale."""
    seconds = []
    for i in range(-warmups, rounds):
        begun = time.perf_counter()
        job()
        if i >= 0:
            seconds.append(time.perf_counter() - begun)
    print(f"peer {measure} unit={unit} {peer}={statistics.median(seconds) * scale:.3g}", flush=True)
