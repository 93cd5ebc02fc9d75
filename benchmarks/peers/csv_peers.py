"""Reads the file of the benchmark csv with pyarrow and polars, on one thread and on all."""

import os
import subprocess
import sys

from peers import data, report

FILE = "trips-700000.csv"


def pyarrow_peer():
    from pyarrow import csv

    path = data(FILE)
    for threads, name in ((False, "PYARROW_ONE_THREAD"), (True, "PYARROW")):
        options = csv.ReadOptions(use_threads=threads)
        report("csv/read", "s", name, lambda: csv.read_csv(path, read_options=options))


def polars_peer(name):
    import polars

    path = data(FILE)
    report("csv/read", "s", name, lambda: polars.read_csv(path))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        polars_peer(sys.argv[1])
    else:
        pyarrow_peer()
        # Polars reads its number of threads once, when it is loaded.
        for threads, name in (("1", "POLARS_ONE_THREAD"), (str(os.cpu_count()), "POLARS")):
            environment = dict(os.environ, POLARS_MAX_THREADS=threads)
            subprocess.run([sys.executable, __file__, name], env=environment, check=True)
