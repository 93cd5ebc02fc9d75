"""Reads the file of the benchmark jsonl with pyarrow, polars and DuckDB, on two threads."""

import os
import subprocess
import sys

from peers import data, report

FILE = "trips.jsonl"
THREADS = 2


def pyarrow_peer():
    import pyarrow
    from pyarrow import json

    pyarrow.set_cpu_count(THREADS)
    path = data(FILE)
    report("jsonl/read", "s", "PYARROW", lambda: json.read_json(path))


def duckdb_peer():
    import duckdb

    path = data(FILE)
    connection = duckdb.connect()
    connection.execute(f"set threads={THREADS}")
    for sample, name in ((20480, "DUCKDB"), (-1, "DUCKDB_ALL_LINES")):
        query = f"from read_json('{path}', format='newline_delimited', sample_size={sample})"
        report("jsonl/read", "s", name, lambda: connection.execute(query).fetch_arrow_table())


def polars_peer():
    import polars

    path = data(FILE)
    for lines, name in ((100, "POLARS"), (None, "POLARS_ALL_LINES")):
        report(
            "jsonl/read", "s", name, lambda: polars.read_ndjson(path, infer_schema_length=lines)
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        polars_peer()
    else:
        pyarrow_peer()
        duckdb_peer()
        # Polars reads its number of threads once, when it is loaded.
        environment = dict(os.environ, POLARS_MAX_THREADS=str(THREADS))
        subprocess.run([sys.executable, __file__, "polars"], env=environment, check=True)
