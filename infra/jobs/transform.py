"""The transform job: one raw file, checked row by row against its dataset's contract, becomes rows of Parquet.

It runs a job graph (Glue's CodeGenConfigurationNodes) on Spark: Glue 5.0, or any PySpark 3.5. The lake on a laptop
does the same work on another engine (infra/local/services/glue/transform), with the same arguments and outputs:

- The dataset's own table has one folder per raw file, so a file that is replaced or deleted takes only its own rows.
  What leads to it is done on the file's rows; what comes after it, on the rows of all files.
- Nothing is written before every row was checked. A row that breaks the contract fails the job with
  `ContractViolation: {"problems": [...], "problemCount": n}`, which the state machine knows by its first word.
- Where a table's rules may hold a file, `--mode stage` leaves the checked rows below `_lake/staged/<execution>/`, and
  `--mode publish` makes them the table's, in a later run of the job, unless the file was replaced meanwhile.
- Events come at least once and in any order: a run whose sequencer is older than what is there writes nothing.
- Running twice is running once.

Run it on folders instead of buckets with `--files FOLDER` (a folder per bucket in it).
"""

import argparse
import json
import os
import re
import shutil
import sys

from pyspark.sql import DataFrame, SparkSession, functions as F
from pyspark.sql.types import ArrayType, LongType, MapType, StringType, StructField, StructType

MAX_PROBLEMS, MAX_ALIKE = 50, 10
STAGING, STAGED = "_lake/staging", "_lake/staged"
ARGUMENTS = [
    "dataset",
    "source",
    "source_version",
    "sequencer",
    "format",
    "contract",
    "graph",
    "database",
    "processed",
    "results",
    "mode",
    "execution",
]

# What each type takes; lib/languages/file-format/value-kind.ts says the same.
NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
ZONE = r"([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)"
# lib/languages/file-format/combined-log.ts
LOG_LINE = (
    r'^(\S+) (\S+) (\S+) \[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "((?:[^"\\]|\\.)*)" '
    r'(\d{3}) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?\s*$'
)


def main() -> None:
    args = read_arguments()
    spark = SparkSession.builder.appName(f"transform {args.dataset}").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.ansi.enabled", "false")
    # Days before 1582 as everybody else counts them, and times as INT64, which all readers of Parquet know.
    spark.conf.set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    files = FolderFiles(args.files) if args.files else S3Files()
    transform = Transform(spark, files, args)
    report = transform.run()
    if report is None:
        print("nothing to do: the rows are published")
        return
    files.write(args.results, transform.report_key, json.dumps(report, indent=2).encode())
    if args.mode == "publish":
        # Behind the report: as long as they are there, the run can be done again.
        files.remove_all(args.processed, transform.staged_prefix)
    print(f"{report['outcome']}: {report['rowsOut']} rows")


def read_arguments() -> argparse.Namespace:
    try:
        from awsglue.utils import getResolvedOptions

        # Glue cannot pass an empty value: no graph is no argument.
        names = [name for name in ARGUMENTS if f"--{name}" in sys.argv]
        given = {"graph": "", "files": None, **getResolvedOptions(sys.argv, names)}
        return argparse.Namespace(**given)
    except ImportError:
        parser = argparse.ArgumentParser()
        for name in ARGUMENTS:
            parser.add_argument(f"--{name}", required=name != "graph", default="")
        parser.add_argument("--files")
        return parser.parse_args()


class Transform:
    def __init__(self, spark, files, args):
        self.spark, self.files, self.args = spark, files, args
        self.raw_bucket, self.raw_key = split_uri(args.source)
        self.file = self.raw_key.split("/", 1)[1]
        self.own_prefix = f"{args.dataset}/{self.file}/"
        self.staged_prefix = f"{STAGED}/{args.execution}/"
        self.report_key = f"transforms/{args.execution}.json"
        self.format = json.loads(args.format)

    def run(self):
        """The report; None where an earlier try has published the rows, and reported."""
        staged = self.staged_report() if self.args.mode == "publish" else None
        if self.args.mode == "publish" and staged is None:
            return None
        if self.is_superseded():
            return {"dataset": self.args.dataset, "outcome": "superseded", "rowsIn": 0, "rowsOut": 0, "tables": []}
        self.columns = json.loads(self.files.read(*split_uri(self.args.contract)))["schema"][0]["properties"]
        self.nodes = self.read_graph()
        self.own = next(node for node in self.targets() if self.table_of(node) == self.args.dataset)
        try:
            if self.args.mode == "stage":
                return self.stage_rows()
            if self.args.mode == "publish":
                rows = self.publish_rows(staged)
            else:
                rows = self.write_rows() if self.args.mode == "write" else self.remove_rows()
            tables = [self.report(self.own, self.whole_rows(self.feeder(self.own)))]
            for target in self.targets():
                if target != self.own:
                    tables.append(self.write_table(target))
        finally:
            self.files.remove_all(self.args.processed, f"{STAGING}/{self.args.execution}/")
        outcome = "removed" if self.args.mode == "remove" else "written"
        return {"dataset": self.args.dataset, "outcome": outcome, **rows, "tables": tables}

    def is_superseded(self) -> bool:
        raw = self.files.head(self.raw_bucket, self.raw_key)
        if self.args.mode == "remove":
            return raw is not None
        if raw is None:
            return True
        # Versions are not known everywhere (FolderFiles).
        if self.args.mode == "publish" and raw.get("VersionId", self.args.source_version) != self.args.source_version:
            return True
        there = self.files.head(self.args.processed, f"{self.own_prefix}part-00000.parquet") or {}
        old, new = there.get("sequencer", ""), self.args.sequencer
        length = max(len(old), len(new))
        return old.upper().ljust(length, "0") > new.upper().ljust(length, "0")

    # The graph

    def read_graph(self) -> dict:
        if not self.args.graph:
            return self.default_graph()
        text = self.files.read(*split_uri(self.args.graph)).decode()
        text = text.replace("${RawBucket}", self.raw_bucket).replace("${ProcessedBucket}", self.args.processed)
        return json.loads(text.replace('"${ContractMapping}"', json.dumps(self.contract_mapping())))

    def default_graph(self) -> dict:
        target = {"Name": self.args.dataset, "Inputs": ["schema"], "Path": self.uri(f"{self.args.dataset}/")}
        return {
            "source": {"S3CsvSource": {"Name": "Raw", "Paths": [f"s3://{self.raw_bucket}/{self.args.dataset}/"]}},
            "schema": {
                "ApplyMapping": {"Name": "Change schema", "Inputs": ["source"], "Mapping": self.contract_mapping()}
            },
            "target": {"S3GlueParquetTarget": target},
        }

    def contract_mapping(self) -> list:
        return [
            {"FromPath": [column["physicalName"]], "ToKey": column["name"], "ToType": column["physicalType"]}
            for column in self.columns
        ]

    def targets(self) -> list:
        return [node for node, body in self.nodes.items() if next(iter(body)).endswith("Target")]

    def settings(self, node: str) -> dict:
        return next(iter(self.nodes[node].values()))

    def feeder(self, target: str) -> str:
        return self.settings(target)["Inputs"][0]

    def table_of(self, target: str) -> str:
        settings = self.settings(target)
        return settings["Table"] if "Table" in settings else settings["Path"].rstrip("/").rsplit("/", 1)[1]

    def frame(self, node: str, source: DataFrame = None) -> DataFrame:
        """Rows of a node: of the file when its source is given, else of all files, from the own table on."""
        if source is None and node == self.feeder(self.own):
            return self.whole_rows(node)
        kind, settings = next(iter(self.nodes[node].items()))
        if kind in ("CatalogSource", "S3CatalogSource"):
            return self.spark.table(f"{settings['Database']}.{settings['Table']}")
        if kind.endswith("Source"):
            if source is None or [path.rstrip("/") for path in settings["Paths"]] != [
                f"s3://{self.raw_bucket}/{self.args.dataset}"
            ]:
                raise ValueError(f"Node {node} reads other files than those of the dataset")
            return source
        if kind not in NODES:
            raise ValueError(f"Node {node} is a {kind}, which is not supported")
        return NODES[kind](settings, *[self.frame(each, source) for each in settings["Inputs"]])

    def whole_rows(self, node: str) -> DataFrame:
        if not self.files.keys(self.args.processed, f"{self.args.dataset}/"):
            return self.spark.createDataFrame([], self.own_schema)
        reader = self.spark.read.option("recursiveFileLookup", True).option("mergeSchema", True)
        return reader.parquet(self.files.path(self.args.processed, f"{self.args.dataset}/"))

    # The file

    def write_rows(self, prefix: str = None) -> dict:
        source = self.read_source().cache()
        rows_in = self.check(source)
        typed = source.select([typed_value(column).alias(column["physicalName"]) for column in self.columns])
        frame = self.frame(self.feeder(self.own), typed)
        self.own_schema = frame.schema
        # One object a file, as long as it stays within what Athena reads well; the key tells which file it is of.
        rows_out = self.publish(frame.coalesce(1), prefix or self.own_prefix, self.rows_metadata())
        source.unpersist()
        return {"rowsIn": rows_in, "rowsOut": rows_out}

    def rows_metadata(self) -> dict:
        return {
            "source-key": quote(self.raw_key),
            "source-version": self.args.source_version,
            "sequencer": self.args.sequencer,
        }

    def stage_rows(self) -> dict:
        """Checks the file, and leaves its rows beside the table."""
        rows = self.write_rows(self.staged_prefix)
        feeder = self.feeder(self.own)
        kinds = [(field.name, field.dataType.simpleString()) for field in self.own_schema]
        table = {
            "name": self.args.dataset,
            "location": self.uri(self.staged_prefix),
            "columns": [{"name": name, "type": athena_type(kind)} for name, kind in kinds],
            "rows": rows["rowsOut"],
            "sizeBytes": self.files.size(self.args.processed, self.staged_prefix),
            "nodes": [{"id": feeder, "name": self.settings(feeder)["Name"], "rows": rows["rowsOut"]}],
        }
        return {"dataset": self.args.dataset, "outcome": "staged", **rows, "tables": [table]}

    def staged_report(self):
        """What was reported of the staged rows; None where they are in the table already."""
        known = self.files.keys(self.args.results, self.report_key)
        report = json.loads(self.files.read(self.args.results, self.report_key)) if known else {}
        if report and self.files.keys(self.args.processed, self.staged_prefix):
            return report
        # They go last: a run that was cut off behind that has done its work.
        if report.get("outcome") == "written":
            return None
        raise ValueError(
            f"The rows that this run has staged are gone: there is nothing in {self.uri(self.staged_prefix)}. "
            "Run the file again to stage them anew."
        )

    def publish_rows(self, staged: dict) -> dict:
        """Makes the staged rows the file's rows of the table."""
        frame = self.spark.read.parquet(self.files.path(self.args.processed, self.staged_prefix))
        self.own_schema = frame.schema
        parts = [key for key in self.files.keys(self.args.processed, self.staged_prefix) if key.endswith(".parquet")]
        self.replace_parts(parts, self.own_prefix, {**self.rows_metadata(), "rows": str(staged["rowsOut"])})
        return {"rowsIn": staged["rowsIn"], "rowsOut": staged["rowsOut"]}

    def remove_rows(self) -> dict:
        empty = self.spark.createDataFrame(
            [], StructType([StructField(c["physicalName"], StringType()) for c in self.columns])
        )
        typed = empty.select([typed_value(column).alias(column["physicalName"]) for column in self.columns])
        self.own_schema = self.frame(self.feeder(self.own), typed).schema
        self.files.remove_all(self.args.processed, self.own_prefix + "part-")
        return {"rowsIn": 0, "rowsOut": 0}

    def read_source(self) -> DataFrame:
        """The file's values as text, under the contract's physical names, trimmed, NULL where empty."""
        # Spark knows no versions of objects: the one that was validated is copied to where only this run looks.
        name = "source.gz" if self.format.get("compression") == "gzip" else "source"
        key = f"{STAGING}/{self.args.execution}/{name}"
        self.files.copy(self.raw_bucket, self.raw_key, self.args.source_version, self.args.processed, key)
        frame = READERS[self.format["type"]](
            self.spark, self.files.path(self.args.processed, key), self.format, self.columns
        )
        trimmed = [
            F.nullif(F.regexp_replace(frame[name].cast("string"), r"^[\x00-\x20]+|[\x00-\x20]+$", ""), F.lit("")).alias(
                name
            )
            for name in frame.columns
        ]
        return frame.select(trimmed)

    def check(self, source: DataFrame) -> int:
        """Counts the rows; raises at any that breaks the contract, naming the first ones."""
        broken = problem_codes(self.columns)
        count, problem_count = source.select(
            F.count("*"),
            F.coalesce(F.sum(sum([F.when(code.isNotNull(), 1).otherwise(0) for code, _ in broken])), F.lit(0)),
        ).first()
        if problem_count:
            problems = self.first_problems(source, broken)
            raise ContractViolation(json.dumps({"problems": problems, "problemCount": problem_count}))
        return count

    def first_problems(self, source: DataFrame, broken: list) -> list:
        schema = StructType([StructField("_row", LongType()), *source.schema.fields])
        numbered = self.spark.createDataFrame(
            source.rdd.zipWithIndex().map(lambda pair: (pair[1] + 1, *pair[0])), schema
        )
        problems = []
        for code, column in broken:
            name = column["physicalName"]
            for found in (
                numbered.where(code.isNotNull())
                .select("_row", code.alias("code"), F.col(f"`{name}`").alias("value"))
                .take(MAX_ALIKE)
            ):
                problems.append(describe(found["code"], found["_row"], name, found["value"], column["physicalType"]))
        return sorted(problems, key=lambda problem: problem["row"])[:MAX_PROBLEMS]

    # Tables

    def write_table(self, target: str) -> dict:
        frame = self.frame(self.feeder(target))
        self.publish(frame.coalesce(1), f"{self.table_of(target)}/", {"sequencer": self.args.sequencer})
        return self.report(target, frame)

    def publish(self, frame: DataFrame, prefix: str, metadata: dict) -> int:
        """Writes beside, then puts each part under its final key; a reader sees the old rows or the new."""
        bucket, staging = self.args.processed, f"{STAGING}/{self.args.execution}/{prefix}"
        frame.write.mode("overwrite").parquet(self.files.path(bucket, staging), compression="snappy")
        rows = self.spark.read.schema(frame.schema).parquet(self.files.path(bucket, staging)).count()
        parts = [key for key in self.files.keys(bucket, staging) if key.endswith(".parquet")]
        self.replace_parts(parts, prefix, {**metadata, "rows": str(rows)})
        return rows

    def replace_parts(self, parts: list, prefix: str, metadata: dict) -> None:
        """Puts each part under its final key, and takes away what an earlier run has put beside it."""
        bucket = self.args.processed
        final = [f"{prefix}part-{index:05}.parquet" for index in range(len(parts))]
        for part, key in zip(parts, final):
            self.files.copy(bucket, part, None, bucket, key, metadata)
        for key in self.files.keys(bucket, f"{prefix}part-"):
            if key not in final:
                self.files.remove(bucket, key)

    def report(self, target: str, frame: DataFrame) -> dict:
        table, rows = self.table_of(target), frame.count()
        return {
            "name": table,
            "location": self.uri(f"{table}/"),
            "columns": [{"name": name, "type": athena_type(kind)} for name, kind in frame.dtypes],
            "rows": rows,
            "sizeBytes": self.files.size(self.args.processed, f"{table}/"),
            "nodes": [{"id": self.feeder(target), "name": self.settings(self.feeder(target))["Name"], "rows": rows}],
        }

    def uri(self, key: str) -> str:
        return f"s3://{self.args.processed}/{key}"


class ContractViolation(Exception):
    def __init__(self, violation: str):
        super().__init__(f"ContractViolation: {violation}")


# Readers: the values of a file as text


def read_csv(spark, path, form, columns):
    names = [f"field{index}" for index in range(len(form["header"]))]
    schema = StructType([StructField(name, StringType()) for name in [*names, "_broken"]])
    encoding = {"utf-8": "UTF-8", "latin-1": "ISO-8859-1", "utf-16": "UTF-16"}[form["encoding"]]
    frame = spark.read.csv(
        path,
        schema=schema,
        header=True,
        sep=form["delimiter"],
        quote='"',
        escape='"',
        encoding=encoding,
        multiLine=True,
        mode="PERMISSIVE",
        columnNameOfCorruptRecord="_broken",
        enforceSchema=True,
    ).cache()
    ragged = frame.where("_broken IS NOT NULL").count()
    if ragged:
        first = [row["_broken"] for row in frame.where("_broken IS NOT NULL").select("_broken").take(MAX_ALIKE)]
        problems = [
            {
                "code": "fields-too-few" if text.count(form["delimiter"]) + 1 < len(names) else "fields-too-many",
                "message": f"A row has another number of fields than the header: “{text[:100]}”.",
                "value": text[:100],
                "expected": str(len(names)),
            }
            for text in first
        ]
        raise ContractViolation(json.dumps({"problems": problems, "problemCount": ragged}))
    return by_key(frame, dict(zip(form["header"], names)), columns)


def read_json(spark, path, form, columns):
    record = MapType(StringType(), StringType())
    text = spark.read.text(path, wholetext=form["layout"] == "array").where("trim(value) <> ''")
    if form["layout"] == "array":
        records = text.select(F.explode(F.from_json("value", ArrayType(record))).alias("record"))
    else:
        records = text.select(F.from_json("value", record).alias("record"))
    keys = F.transform_keys("record", lambda key, _: F.lower(F.regexp_replace(key, r"\s+", "")))
    known = records.select(keys.alias("record"))
    wanted = [header_key(column["physicalName"]) for column in columns]
    odd = (
        known.select(F.explode(F.array_except(F.map_keys("record"), F.array(*map(F.lit, wanted)))))
        .distinct()
        .take(MAX_ALIKE)
    )
    if odd:
        problems = [
            {
                "code": "column-unexpected",
                "column": row[0],
                "message": f"Column “{row[0]}” is not in the dataset's contract.",
            }
            for row in odd
        ]
        raise ContractViolation(json.dumps({"problems": problems, "problemCount": len(problems)}))
    return known.select([F.col("record")[key].alias(column["physicalName"]) for key, column in zip(wanted, columns)])


def read_log(spark, path, form, columns):
    lines = spark.read.text(path).where("trim(value) <> ''")
    bad = lines.where(~F.col("value").rlike(LOG_LINE))
    if count := bad.count():
        problems = [
            {
                "code": "log-line-malformed",
                "value": row[0][:100],
                "message": f"Not a line of an access log: “{row[0][:100]}”.",
            }
            for row in bad.take(MAX_ALIKE)
        ]
        raise ContractViolation(json.dumps({"problems": problems, "problemCount": count}))
    part = lambda index: F.nullif(F.regexp_extract("value", LOG_LINE, index), F.lit("-"))
    word = lambda index: F.regexp_extract(part(5), r"^(\S+)(?: (\S+))?(?: (\S+))?", index)
    time = F.date_format(F.to_timestamp(part(4), "dd/MMM/yyyy:HH:mm:ss Z"), "yyyy-MM-dd HH:mm:ss")
    values = [part(1), part(2), part(3), time, word(1), word(2), word(3), part(6), part(7), part(8), part(9)]
    names = [
        "remote_host",
        "identity",
        "remote_user",
        "time",
        "method",
        "path",
        "protocol",
        "status",
        "bytes",
        "referer",
        "user_agent",
    ]
    return by_key(
        lines.select([value.alias(name) for value, name in zip(values, names)]), dict(zip(names, names)), columns
    )


def read_parquet(spark, path, form, columns):
    frame = spark.read.parquet(path)
    return by_key(frame, {name: name for name in frame.columns}, columns)


READERS = {"csv": read_csv, "json": read_json, "combined-log": read_log, "parquet": read_parquet}


def by_key(frame, name_of_header, columns):
    """The contract's columns, found among the file's whatever their order and case."""
    names = {header_key(header): name for header, name in name_of_header.items()}
    return frame.select(
        [F.col(f"`{names[header_key(column['physicalName'])]}`").alias(column["physicalName"]) for column in columns]
    )


def header_key(name: str) -> str:
    return re.sub(r"\s+", "", name.lower())


# Values


def problem_codes(columns) -> list:
    """For each column that can be wrong, the code of what is wrong with its value, or NULL."""
    return [
        (problem_code(column), column) for column in columns if column["required"] or column["physicalType"] != "string"
    ]


def problem_code(column):
    text, kind = F.col(f"`{column['physicalName']}`"), column["physicalType"]
    required = F.when(text.isNull(), "value-required") if column["required"] else F.when(F.lit(False), "")
    if kind == "string":
        return required
    misfit = "date-impossible" if kind in ("date", "timestamp") else "number-out-of-range"
    has_form = text.rlike(f"^({form_of(kind)})$")
    return required.when(text.isNotNull() & ~has_form, "type-mismatch").when(
        text.isNotNull() & typed_value(column).isNull(), misfit
    )


def form_of(kind: str) -> str:
    if kind.startswith("decimal"):
        scale = int(kind.split(",")[1].rstrip(")"))
        fraction = "0+" if scale == 0 else f"[0-9]{{1,{scale}}}0*"
        return rf"[+-]?([0-9]+(\.({fraction})?)?|\.{fraction})"
    return {
        "bigint": "[+-]?[0-9]+",
        "double": NUMBER,
        "boolean": "(?i:true|false)",
        "date": DATE,
        "timestamp": f"{DATE}([Tt ]{TIME}{ZONE}?)?",
    }[kind]


def typed_value(column):
    text, kind = F.col(f"`{column['physicalName']}`"), column["physicalType"]
    if kind == "double":
        number = text.cast("double")
        return F.when(F.abs(number) < float("inf"), number)
    if kind in ("date", "timestamp"):
        return F.when(
            ~text.startswith("0000"), normal_time(text).cast(kind) if kind == "timestamp" else text.cast(kind)
        )
    return text.cast(kind)


def normal_time(text):
    """With seconds, a zone as `+01:30`, and T and Z as capitals: what Spark's cast understands."""
    zoned = F.regexp_replace(F.upper(text), r"([+-][0-9]{2})([0-9]{2})$", "$1:$2")
    return F.regexp_replace(zoned, r"^(.{16})($|[^:])", "$1:00$2")


def describe(code, row, column, value, expected) -> dict:
    shown = None if value is None else str(value)[:100]
    what = "is empty, but every row must have a value there" if shown is None else f"is “{shown}”; expected {expected}"
    problem = {
        "code": code,
        "row": row,
        "column": column,
        "expected": expected,
        "message": f"Row {row}, column “{column}” {what}.",
    }
    return problem if shown is None else {**problem, "value": shown}


# Nodes: settings and input frames to a frame


def apply_mapping(settings, frame):
    kinds = dict(frame.dtypes)
    return frame.select(
        [
            cast(
                frame[f"`{name_of(m['FromPath'])}`"],
                kinds[name_of(m["FromPath"])],
                m.get("ToType") or m.get("FromType"),
            ).alias(m["ToKey"])
            for m in settings["Mapping"]
            if not m.get("Dropped")
        ]
    )


def cast(value, from_type, to_type):
    to_type = {"long": "bigint", "short": "smallint", "byte": "tinyint", "integer": "int"}.get(to_type, to_type)
    return value if to_type in (None, from_type) else value.cast(to_type)


def filter_rows(settings, frame):
    test = None
    for each in settings["Filters"]:
        one = ~comparison(each) if each.get("Negated") else comparison(each)
        test = one if test is None else (test & one if settings["LogicalOperator"] == "AND" else test | one)
    return frame.where(test)


def comparison(each):
    sides = [
        F.col(f"`{name_of(v['Value'])}`") if v["Type"] == "COLUMNEXTRACTED" else F.lit(v["Value"][0])
        for v in each["Values"]
    ]
    operation = each["Operation"]
    if operation == "ISNULL":
        return sides[0].isNull()
    if operation == "REGEX":
        return sides[0].cast("string").rlike(f"^(?:{each['Values'][1]['Value'][0]})")
    return {
        "EQ": sides[0] == sides[1],
        "LT": sides[0] < sides[1],
        "GT": sides[0] > sides[1],
        "LTE": sides[0] <= sides[1],
        "GTE": sides[0] >= sides[1],
    }[operation]


def aggregate(settings, frame):
    results = [
        getattr(F, FUNCTIONS.get(a["AggFunc"], a["AggFunc"]))(f"`{name_of(a['Column'])}`").alias(aggregate_name(a))
        for a in settings["Aggs"]
    ]
    groups = [f"`{name_of(path)}`" for path in settings["Groups"]]
    return frame.groupBy(*groups).agg(*results).orderBy(*groups) if groups else frame.agg(*results)


FUNCTIONS = {"countDistinct": "count_distinct", "sumDistinct": "sum_distinct"}


def aggregate_name(aggregation) -> str:
    column = name_of(aggregation["Column"])
    return {"countDistinct": f"count(DISTINCT {column})", "sumDistinct": f"sum(DISTINCT {column})"}.get(
        aggregation["AggFunc"], f"{aggregation['AggFunc']}({column})"
    )


def join(settings, left, right):
    keys = {side["From"]: [name_of(key) for key in side["Keys"]] for side in settings["Columns"]}
    ours, theirs = (keys[node] for node in settings["Inputs"])
    on = [left[f"`{a}`"] == right[f"`{b}`"] for a, b in zip(ours, theirs)]
    return left.join(right, on, {"equijoin": "inner"}.get(settings["JoinType"], settings["JoinType"]))


def union(settings, left, right):
    rows = left.union(right)
    return rows if settings["UnionType"] == "ALL" else rows.distinct()


def name_of(path) -> str:
    return ".".join(path)


def columns_of(paths) -> list:
    return [name_of(path) for path in paths]


NODES = {
    "ApplyMapping": apply_mapping,
    "SelectFields": lambda settings, frame: frame.select([f"`{name}`" for name in columns_of(settings["Paths"])]),
    "DropFields": lambda settings, frame: frame.drop(*columns_of(settings["Paths"])),
    "RenameField": lambda settings, frame: frame.withColumnRenamed(
        name_of(settings["SourcePath"]), name_of(settings["TargetPath"])
    ),
    "Filter": filter_rows,
    "Aggregate": aggregate,
    "DropDuplicates": lambda settings, frame: frame.dropDuplicates(columns_of(settings.get("Columns") or []) or None),
    "Join": join,
    "Union": union,
}


def athena_type(kind: str) -> str:
    return kind.replace(" ", "")


def quote(key: str) -> str:
    from urllib.parse import quote as percent

    # JavaScript's encodeURIComponent leaves these as they are, and so must we.
    return percent(key, safe="!~*'()")


def split_uri(uri: str):
    bucket, key = uri[len("s3://") :].split("/", 1)
    return bucket, key


# Where files are


class S3Files:
    def __init__(self):
        import boto3

        self.s3 = boto3.client("s3")

    def path(self, bucket, key):
        return f"s3://{bucket}/{key}"

    def read(self, bucket, key):
        return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def write(self, bucket, key, body):
        self.s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType="application/json")

    def head(self, bucket, key):
        try:
            answer = self.s3.head_object(Bucket=bucket, Key=key)
            return {**answer["Metadata"], "VersionId": answer.get("VersionId", "null")}
        except self.s3.exceptions.ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise

    def copy(self, bucket, key, version, to_bucket, to_key, metadata=None):
        source = {"Bucket": bucket, "Key": key, **({"VersionId": version} if version else {})}
        extra = {"Metadata": metadata, "MetadataDirective": "REPLACE"} if metadata else {}
        self.s3.copy(source, to_bucket, to_key, ExtraArgs=extra)  # in parts, where it is over 5 GB

    def objects(self, bucket, prefix):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [item for page in pages for item in page.get("Contents", [])]

    def keys(self, bucket, prefix):
        return [item["Key"] for item in self.objects(bucket, prefix)]

    def size(self, bucket, prefix):
        return sum(item["Size"] for item in self.objects(bucket, prefix))

    def remove(self, bucket, key):
        self.s3.delete_object(Bucket=bucket, Key=key)

    def remove_all(self, bucket, prefix):
        for key in self.keys(bucket, prefix):
            self.remove(bucket, key)


class FolderFiles:
    """A folder per bucket; an object's metadata is a hidden file beside it. There are no versions."""

    def __init__(self, root):
        self.root = root

    def path(self, bucket, key):
        return os.path.join(self.root, bucket, key)

    def read(self, bucket, key):
        with open(self.path(bucket, key), "rb") as file:
            return file.read()

    def write(self, bucket, key, body):
        os.makedirs(os.path.dirname(self.path(bucket, key)), exist_ok=True)
        with open(self.path(bucket, key), "wb") as file:
            file.write(body)

    def head(self, bucket, key):
        path = self.path(bucket, key)
        if not os.path.isfile(path):
            return None
        folder, name = os.path.split(path)
        beside = os.path.join(folder, f".{name}.json")
        return json.load(open(beside)) if os.path.exists(beside) else {}

    def copy(self, bucket, key, version, to_bucket, to_key, metadata=None):
        target = self.path(to_bucket, to_key)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(self.path(bucket, key), target)
        if metadata:
            folder, name = os.path.split(target)
            json.dump(metadata, open(os.path.join(folder, f".{name}.json"), "w"))

    def keys(self, bucket, prefix):
        root = self.path(bucket, "")
        found = [
            os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names
        ]
        return sorted(
            key for key in found if key.startswith(prefix) and not os.path.basename(key).startswith((".", "_"))
        )

    def size(self, bucket, prefix):
        return sum(os.path.getsize(self.path(bucket, key)) for key in self.keys(bucket, prefix))

    def remove(self, bucket, key):
        os.remove(self.path(bucket, key))

    def remove_all(self, bucket, prefix):
        for key in self.keys(bucket, prefix):
            self.remove(bucket, key)


if __name__ == "__main__":
    main()
