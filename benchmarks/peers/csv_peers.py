"""Reads the file of the benchmark csv with pyarrow and polars, on one thread and on two.

Both infer types: pyarrow from the first block, polars from the first 100 rows. Line ends within
quotes are allowed, as they are with us; pyarrow has to be told.
"""

import os
import subprocess
import sys

from peers import data, report

FILE = "trips-700000.csv"


def pyarrow_peer():
    import pyarrow
    from pyarrow import csv

    path = data(FILE)
    pyarrow.set_cpu_count(2)
    parse = csv.ParseOptions(newlines_in_values=True)
    for threads, name in ((False, "PYARROW_ONE_THREAD"), (True, "PYARROW_TWO_THREADS")):
        read = csv.ReadOptions(use_threads=threads)
        report("csv/read", "s", name, lambda: csv.read_csv(path, read, parse))


def polars_peer(name):
    import polars

    path = data(FILE)
    report("csv/read", "s", name, lambda: polars.read_csv(path, try_parse_dates=True))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        polars_peer(sys.argv[1])
    else:
        pyarrow_peer()
        # Polars reads its number of threads once, when it is loaded.
        for threads, name in (("1", "POLARS_ONE_THREAD"), ("2", "POLARS_TWO_THREADS")):
            environment = dict(os.environ, POLARS_MAX_THREADS=threads)
            subprocess.run([sys.executable, __file__, name], env=environment, check=True)
