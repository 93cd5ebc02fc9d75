"""Files of pyarrow, polars and DuckDB, type by type, and what is in them; and the other way round.

  python interop.py write DIR   writes small files of each and expected.json, what each column has
  python interop.py read DIR    reads what we wrote into DIR (by `FormatInterop`) with each of the
                                three and compares it with ours.json, cell by cell

The files of `write` are kept among the tests of mlstack-data and mlstack-parquet. Needs pyarrow,
polars and duckdb.
"""

import datetime as dt
import decimal
import json
import math
import os
import pathlib
import sys
import uuid

# Tensors are compared as the lists that they are.
os.environ["POLARS_UNKNOWN_EXTENSION_TYPE_BEHAVIOR"] = "load_as_storage"

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1)
D = decimal.Decimal
TEXTS = ["", "žluť 🐎", "a text that is longer than twelve bytes", None, "common"]
DATES = [dt.date(1970, 1, 1), dt.date(2026, 11, 21), None, dt.date(1582, 10, 15), dt.date(9999, 12, 31)]
TIMES = [
    dt.datetime(1970, 1, 1),
    dt.datetime(2026, 11, 21, 3, 5, 7, 123000),
    None,
    dt.datetime(1969, 12, 31, 23, 59, 59, 1000),
    dt.datetime(2200, 1, 1),
]
SECONDS = [None if t is None else t.replace(microsecond=0) for t in TIMES]


def micros(value, zone=False):
    if value is None:
        return None
    delta = value - EPOCH
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


def whole(bits, signed):
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    high = min(high, (1 << 63) - 1)
    return [low, high, None, 0, 1]


def columns():
    """Returns for each name the array, what we read, and the type that has to be said, if any."""
    c = {}

    def add(name, values, kind, expected=None, say=None):
        c[name] = (pa.array(values, kind), values if expected is None else expected, say)

    add("bool", [True, False, None, True, False], pa.bool_(), [1, 0, None, 1, 0])
    for bits in (8, 16, 32, 64):
        add(f"int{bits}", whole(bits, True), getattr(pa, f"int{bits}")())
        add(f"uint{bits}", whole(bits, False), getattr(pa, f"uint{bits}")())
    reals = [0.5, -1.25, None, 65504.0, -2.0**-24]
    c["half"] = (pa.array(reals, pa.float32()).cast(pa.float16()), reals, None)
    add("float", [0.5, -0.0, None, math.inf, math.nan], pa.float32())
    add("double", [0.1, -0.0, None, -math.inf, math.nan], pa.float64())
    add("text", TEXTS, pa.string())
    add("large_text", TEXTS, pa.large_string())
    add("text_view", TEXTS, pa.string_view())
    days = [None if d is None else (d - EPOCH.date()).days for d in DATES]
    add("date32", DATES, pa.date32(), days)
    add("date64", DATES, pa.date64(), days)
    add("time_s", SECONDS, pa.timestamp("s"), [micros(t) for t in SECONDS])
    for unit in ("ms", "us", "ns"):
        add(f"time_{unit}", TIMES, pa.timestamp(unit), [micros(t) for t in TIMES])
        add(f"time_{unit}_zone", TIMES, pa.timestamp(unit, "Europe/Berlin"), [micros(t) for t in TIMES])
    add("nothing", [None] * 5, pa.null())
    words = ["red", "green", None, "red", "blé"]
    c["category"] = (pa.array(words).dictionary_encode(), words, None)
    for index in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.uint32(), pa.int64()):
        c[f"category_{index}"] = (
            pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 1, 2], index), pa.array(["x", None, "z"])),
            [None, "x", None, None, "z"],
            None,
        )
    c["category_int"] = (
        pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 1, 2], pa.int8()), pa.array([7, 8, 9])),
        [8, 7, None, 8, 9],
        None,
    )
    pairs = [[1.0, 2.5], [0.0, -1.0], None, [3.0, 4.0], [5.0, 6.0]]
    add("tensor", pairs, pa.list_(pa.float32(), 2))
    add("tensor_half", pairs, pa.list_(pa.float16(), 2))
    add("tensor_double", pairs, pa.list_(pa.float64(), 2), say="tensor")
    add("list", pairs, pa.list_(pa.float32()), say="tensor")
    add("large_list", pairs, pa.large_list(pa.float64()), say="tensor")
    cube = [[[1.0, 2.0], [3.0, 4.0]], None, [[0.0] * 2] * 2, [[5.0] * 2] * 2, [[6.0] * 2] * 2]
    flat = [None if v is None else v[0] + v[1] for v in cube]
    add("matrix", cube, pa.list_(pa.list_(pa.float32(), 2), 2), flat)
    structs = [{"a": 1, "b": "x"}, {"a": None, "b": "y"}, None, {"a": 4, "b": None}, {"a": 5, "b": ""}]
    c["struct"] = (pa.array(structs, pa.struct([("a", pa.int32()), ("b", pa.string())])), None, None)
    c["struct.a"] = (None, [1, None, None, 4, 5], None)
    c["struct.b"] = (None, ["x", "y", None, None, ""], None)
    bytes_ = [None if t is None else t.encode() for t in TEXTS]
    for name, kind in (("binary", pa.binary()), ("large_binary", pa.large_binary()), ("binary_view", pa.binary_view())):
        add(name, bytes_, kind, TEXTS, say="text")
    add("fixed", [b"abc", b"xyz", None, b"   ", b"..."], pa.binary(3), ["abc", "xyz", None, "   ", "..."], say="text")
    ids = [uuid.UUID(int=i * 0x1234567890ABCDEF1234567) for i in range(5)]
    c["uuid"] = (
        pa.ExtensionArray.from_storage(pa.uuid(), pa.array([i.bytes for i in ids], pa.binary(16))),
        [str(i) for i in ids],
        None,
    )
    numbers = [D("1.25"), D("-99999.99"), None, D("0.00"), D("0.10")]
    reals = [None if d is None else float(d) for d in numbers]
    for bits, digits in ((32, 9), (64, 18), (128, 38), (256, 60)):
        add(f"decimal{bits}", numbers, getattr(pa, f"decimal{bits}")(digits, 2), reals, say="float64")
    add("decimal_whole", [D(1), D(-5), None, D(10) ** 17, D(0)], pa.decimal128(18, 0), [1, -5, None, 10**17, 0], say="int64")
    times = [dt.time(0, 0, 1), dt.time(23, 59, 59), None, dt.time(12), dt.time(0)]
    seconds = [1, 86399, None, 43200, 0]
    for kind, unit, factor in ((pa.time32, "s", 1), (pa.time32, "ms", 10**3), (pa.time64, "us", 10**6), (pa.time64, "ns", 10**9)):
        add(f"clock_{unit}", times, kind(unit), [None if s is None else s * factor for s in seconds], say="int64")
    for unit, factor in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
        spans = [None if s is None else dt.timedelta(seconds=s) for s in seconds]
        add(f"span_{unit}", spans, pa.duration(unit), [None if s is None else s * factor for s in seconds], say="int64")
    return c


def refused():
    return {
        "before": pa.array([1, 2, 3]),
        "interval": pa.array([pa.MonthDayNano([1, 2, 3])] * 3),
        "list_int": pa.array([[1], [2, 3], []], pa.list_(pa.int64())),
        "list_view": pa.array([[1], [2, 3], []], pa.list_view(pa.int64())),
        "large_list_view": pa.array([["a"], ["b", "c"], []], pa.large_list_view(pa.string_view())),
        "list_text": pa.array([["a"], [], None], pa.list_(pa.string())),
        "map": pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int32())),
        "sparse_union": pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3]), pa.array(["a", "b", "c"])]),
        "dense_union": pa.UnionArray.from_dense(
            pa.array([0, 1, 0], pa.int8()), pa.array([0, 0, 1], pa.int32()), [pa.array([1, 2]), pa.array(["a"])]
        ),
        "run_end": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])),
        "category_list": pa.DictionaryArray.from_arrays(pa.array([0, 0, 0], pa.int8()), pa.array([[1, 2]])),
        "view": pa.array(["a view that is long enough", "b", None], pa.string_view()),
        "struct": pa.array([{"x": [1], "y": 2}] * 3),
        "after": pa.array(["x", None, "z"]),
    }


def table(wanted, without=()):
    arrays = {n: a for n, (a, _, _) in wanted.items() if a is not None and n not in without}
    return pa.table(arrays)


def expected(wanted, names):
    def cell(value):
        if isinstance(value, float) and not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return value

    return {
        n: {"say": say, "values": [cell(v) for v in values]}
        for n, (_, values, say) in wanted.items()
        if values is not None and (n in names or n.split(".")[0] in names)
    }


def write_arrow(data, path, stream=False, **options):
    make = ipc.new_stream if stream else ipc.new_file
    with make(str(path), data.schema, options=ipc.IpcWriteOptions(**options)) as out:
        for batch in data.to_batches(max_chunksize=3):
            out.write_batch(batch)


def write_deltas(path, stream):
    kind = pa.dictionary(pa.int8(), pa.string())
    batches = [
        pa.record_batch([pa.DictionaryArray.from_arrays(pa.array(i, pa.int8()), pa.array(d)).cast(kind)], ["word"])
        for i, d in (([0, 1], ["a", "b"]), ([2, 0, 1], ["a", "b", "c"]))
    ]
    make = ipc.new_stream if stream else ipc.new_file
    with make(str(path), batches[0].schema, options=ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as out:
        for batch in batches:
            out.write_batch(batch)


def write(root):
    root.mkdir(parents=True, exist_ok=True)
    facts = {}
    all_ = columns()
    data = table(all_)
    for name, options in (("plain", {}), ("lz4", {"compression": "lz4"}), ("zstd", {"compression": "zstd"})):
        write_arrow(data, root / f"pyarrow-{name}.arrow", **options)
        facts[f"pyarrow-{name}.arrow"] = expected(all_, data.column_names)
    write_arrow(data, root / "pyarrow-stream.arrows", stream=True)
    facts["pyarrow-stream.arrows"] = expected(all_, data.column_names)
    write_deltas(root / "pyarrow-deltas.arrow", stream=False)
    write_deltas(root / "pyarrow-deltas.arrows", stream=True)
    write_arrow(pa.table(refused()), root / "pyarrow-refused.arrow")

    no_parquet = {n for n in all_ if n.startswith("category_")} | {n for n in all_ if n.startswith("span_")}
    simple = {n: v for n, v in all_.items() if n not in no_parquet}
    for name, options in (
        ("zstd", {"compression": "zstd"}),
        ("snappy", {"compression": "snappy", "data_page_version": "2.0"}),
        ("gzip", {"compression": "gzip", "use_dictionary": False}),
        ("lz4", {"compression": "lz4", "store_schema": False}),
        ("plain", {"compression": "none", "use_dictionary": False, "data_page_version": "2.0"}),
    ):
        skip = {"matrix", "text_view", "binary_view"} | ({"nothing"} if name == "lz4" else set())
        # Parquet has no seconds, and no lists of a fixed size.
        changed = {}
        for n, (array, values, say) in simple.items():
            if n.startswith("tensor"):
                say = "tensor"
            if n == "clock_s":
                values = [None if v is None else v * 1000 for v in values]
            changed[n] = (array, values, say)
        data = table(changed, skip)
        pq.write_table(data, root / f"pyarrow-{name}.parquet", row_group_size=3, **options)
        facts[f"pyarrow-{name}.parquet"] = expected(changed, data.column_names)
    few = {n: all_[n] for n in ("int32", "int64", "uint32", "float", "double", "text", "fixed", "time_us")}
    encodings = {
        "int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED", "uint32": "BYTE_STREAM_SPLIT",
        "float": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT", "text": "DELTA_BYTE_ARRAY",
        "fixed": "DELTA_BYTE_ARRAY", "time_us": "DELTA_BINARY_PACKED",
    }
    pq.write_table(table(few), root / "pyarrow-encodings.parquet", use_dictionary=False, column_encoding=encodings)
    facts["pyarrow-encodings.parquet"] = expected(few, few)
    pq.write_table(
        pa.table({"text": pa.array([f"word {i}" for i in range(300)]), "n": pa.array([i * i for i in range(300)])}),
        root / "pyarrow-deltas.parquet", use_dictionary=False,
        column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY", "n": "DELTA_BINARY_PACKED"},
    )
    facts["pyarrow-deltas.parquet"] = {
        "text": {"say": None, "values": [f"word {i}" for i in range(300)]},
        "n": {"say": None, "values": [i * i for i in range(300)]},
    }
    int96 = {"int96": (all_["time_us"][0], all_["time_us"][1], None)}
    pq.write_table(table(int96), root / "pyarrow-int96.parquet", use_deprecated_int96_timestamps=True)
    facts["pyarrow-int96.parquet"] = expected(int96, int96)
    bad = {"sparse_union", "dense_union", "run_end", "interval", "list_view", "large_list_view", "category_list"}
    pq.write_table(pa.table({n: a for n, a in refused().items() if n not in bad}), root / "pyarrow-refused.parquet")

    odd = {"nothing", "half", "tensor_half", "uuid", "category_int", "decimal32", "decimal64", "decimal256", "fixed"}
    odd |= {n for n in all_ if n.startswith("category_")} | {"matrix", "span_s", "clock_s", "clock_ms", "clock_us"}
    kept = {n: v for n, v in all_.items() if n not in odd}
    if "time_s" in kept:
        del kept["time_s"]
    frame = pl.from_arrow(table(kept, {"binary_view"}))
    names = frame.columns
    polars_facts = {}
    for n, (a, values, say) in kept.items():
        if n in ("date64",):
            values = [None if v is None else v * 86_400_000_000 for v in values]
        if n == "clock_ns":
            say = "int64"
        polars_facts[n] = (a, values, say)
    frame.write_ipc(root / "polars.arrow", compression="uncompressed")
    frame.write_ipc(root / "polars-lz4.arrow", compression="lz4")
    facts["polars.arrow"] = facts["polars-lz4.arrow"] = expected(polars_facts, names)
    parquet = frame.drop([n for n in names if n.startswith("span_") or n in ("tensor_double",)])
    parquet.write_parquet(root / "polars.parquet", compression="zstd")
    facts["polars.parquet"] = expected(
        {n: (a, v, "tensor" if n == "tensor" else s) for n, (a, v, s) in polars_facts.items()}, parquet.columns
    )

    con = duckdb.connect()
    con.execute("set timezone='UTC'")
    duck = {n: v for n, v in simple.items() if n not in (
        "half", "nothing", "tensor_half", "matrix", "decimal256", "text_view", "binary_view", "uuid", "fixed",
        "clock_ns", "tensor_double", "large_list") and not n.startswith("category_")}
    duck_facts = {}
    for n, (a, values, say) in duck.items():
        if n.startswith("tensor"):
            say = "tensor"
        if n.startswith("clock_") and n != "clock_us":
            factor = {"clock_s": 10**6, "clock_ms": 10**3}[n]
            values = [None if v is None else v * factor for v in values]
        duck_facts[n] = (a, values, say)
    arrow = table(duck)
    con.register("input", arrow)
    for codec in ("zstd", "snappy", "lz4_raw", "uncompressed"):
        version = "v2" if codec == "zstd" else "v1"
        con.execute(
            f"copy (select * from input) to '{root}/duckdb-{codec}.parquet' "
            f"(format parquet, compression {codec}, parquet_version {version})"
        )
        facts[f"duckdb-{codec}.parquet"] = expected(duck_facts, arrow.column_names)
    (root / "expected.json").write_text(json.dumps(facts, ensure_ascii=False, indent=None, separators=(",", ":")))


def cells(column):
    """Returns the cells of an Arrow column as ours.json has them."""
    result = []
    for value in column.to_pylist() if not isinstance(column, list) else column:
        if isinstance(value, dt.datetime):
            value = micros(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
        elif isinstance(value, dt.date):
            value = (value - EPOCH.date()).days
        elif isinstance(value, bool):
            value = int(value)
        elif isinstance(value, (list, tuple)):
            value = [float(v) for v in value]
        elif hasattr(value, "tolist"):
            value = value.reshape(-1).tolist()
        result.append(value)
    return result


def same(ours, theirs):
    if isinstance(ours, str) and isinstance(theirs, float):
        return ours == {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(str(theirs))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(same(a, b) for a, b in zip(ours, theirs))
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return ours == theirs


def readers(path):
    name = path.name
    con = duckdb.connect()
    con.execute("set timezone='UTC'")
    if name.endswith(".parquet"):
        yield "pyarrow", lambda: pq.read_table(path)
        yield "polars", lambda: pl.read_parquet(path).to_arrow()
        yield "duckdb", lambda: con.execute(f"select * from '{path}'").to_arrow_table()
    elif name.endswith(".arrow"):
        yield "pyarrow", lambda: ipc.open_file(str(path)).read_all()
        yield "polars", lambda: pl.read_ipc(path, memory_map=False).to_arrow()
        yield "duckdb", lambda: (con.register("t", ipc.open_file(str(path)).read_all()), con.execute("from t").to_arrow_table())[1]
    elif name.endswith(".arrows"):
        yield "pyarrow", lambda: ipc.open_stream(str(path)).read_all()
        yield "polars", lambda: pl.read_ipc_stream(path).to_arrow()


def read(root):
    ours = json.loads((root / "ours.json").read_text())
    failures = 0
    for path in sorted(p for p in root.iterdir() if p.name.startswith("ours.") and p.suffix != ".json"):
        for reader, run in readers(path):
            try:
                data = run()
            except Exception as e:  # the report goes on
                print(f"{path.name:24} {reader:8} FAILED {e}")
                failures += 1
                continue
            wrong = []
            for name, values in ours.items():
                column = data.column(name)
                if isinstance(column.type, pa.ExtensionType):
                    column = pa.chunked_array([chunk.storage for chunk in column.chunks])
                theirs = cells(column)
                if len(theirs) != len(values) or not all(same(a, b) for a, b in zip(values, theirs)):
                    wrong.append(f"{name} ({column.type})")
            failures += bool(wrong)
            print(f"{path.name:24} {reader:8} {'differs: ' + ', '.join(wrong) if wrong else 'equal'}")
    return failures


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
        sys.exit(__doc__)
    if sys.argv[1] == "write":
        write(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(read(pathlib.Path(sys.argv[2])))
