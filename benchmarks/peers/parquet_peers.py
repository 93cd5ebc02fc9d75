"""Reads the files of the benchmark parquet with pyarrow, on two threads."""

import pyarrow
import pyarrow.feather
import pyarrow.parquet

from peers import data, report

if __name__ == "__main__":
    pyarrow.set_cpu_count(2)
    for measure, file in (("read-zstd", "trips.zstd.parquet"), ("read-snappy", "trips.snappy.parquet")):
        path = data(file)
        report(f"parquet/{measure}", "s", "PYARROW", lambda: pyarrow.parquet.read_table(path))
    path = data("trips.arrow")
    report("parquet/read-ipc", "s", "PYARROW", lambda: pyarrow.feather.read_table(path, memory_map=False))
