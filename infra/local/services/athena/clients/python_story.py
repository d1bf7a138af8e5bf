"""What analysts do with Athena's Python clients, asserted line by line; told where AWS is by the environment alone."""

import datetime
import decimal
import os
import sys
import time

import boto3
from botocore.exceptions import ClientError

BUCKET = "stock-clients"
RESULTS = f"s3://{BUCKET}/results/"
athena = boto3.client("athena")
s3 = boto3.client("s3")


def query(sql, **arguments):
    arguments = {"ResultConfiguration": {"OutputLocation": RESULTS}, **arguments}
    started = athena.start_query_execution(QueryString=sql, QueryExecutionContext={"Database": "shop"}, **arguments)
    while True:
        execution = athena.get_query_execution(QueryExecutionId=started["QueryExecutionId"])["QueryExecution"]
        if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
            return execution
        time.sleep(0.02)


def succeeded(sql, **arguments):
    execution = query(sql, **arguments)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    return execution


def prepare():
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    body = "1\tada\t1.50\t2024-01-02\ttrue\n2\tgrace\t\\N\t2024-02-03\tfalse\n3\t\t7.25\t\\N\ttrue\n"
    s3.put_object(Bucket=BUCKET, Key="people/people.tsv", Body=body)
    succeeded("CREATE DATABASE shop")
    succeeded(
        "CREATE EXTERNAL TABLE people (id bigint, name string, paid decimal(10,2), since date, active boolean)"
        f" ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LOCATION 's3://{BUCKET}/people/'"
    )


def with_boto3():
    execution = succeeded("SELECT x FROM UNNEST(sequence(1, 2500)) AS t(x) WHERE x <> ?", ExecutionParameters=["7"])
    pages = list(athena.get_paginator("get_query_results").paginate(QueryExecutionId=execution["QueryExecutionId"]))
    assert [len(page["ResultSet"]["Rows"]) for page in pages] == [1000, 1000, 500], pages
    assert pages[0]["ResultSet"]["Rows"][0]["Data"] == [{"VarCharValue": "x"}]
    listed = athena.get_paginator("list_query_executions").paginate(PaginationConfig={"PageSize": 1})
    assert execution["QueryExecutionId"] in [each for page in listed for each in page["QueryExecutionIds"]]
    tables = athena.get_paginator("list_table_metadata").paginate(CatalogName="AwsDataCatalog", DatabaseName="shop")
    assert [table["Name"] for page in tables for table in page["TableMetadataList"]] == ["people"]
    failed = query("SELECT nope FROM people")["Status"]
    assert failed["State"] == "FAILED" and "line 1:8: Column 'nope'" in failed["AthenaError"]["ErrorMessage"], failed
    try:
        query("SELEC 1")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidRequestException", error.response
        assert error.response["AthenaErrorCode"] == "MALFORMED_QUERY", error.response
    else:
        raise AssertionError("InvalidRequestException was expected")


def with_pyathena():
    from pyathena import connect
    from pyathena.cursor import DictCursor
    from pyathena.error import OperationalError
    from pyathena.pandas.cursor import PandasCursor

    connection = connect(s3_staging_dir=RESULTS, region_name=s3.meta.region_name, schema_name="shop", poll_interval=0.05)
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM people ORDER BY id")
    assert [column[0:2] for column in cursor.description] == [
        ("id", "bigint"),
        ("name", "varchar"),
        ("paid", "decimal"),
        ("since", "date"),
        ("active", "boolean"),
    ], cursor.description
    first, second, third = cursor.fetchall()
    assert first == (1, "ada", decimal.Decimal("1.50"), datetime.date(2024, 1, 2), True), first
    assert second == (2, "grace", None, datetime.date(2024, 2, 3), False), second
    assert third == (3, "", decimal.Decimal("7.25"), None, True), third
    assert cursor.data_scanned_in_bytes > 0 and cursor.output_location.endswith(f"{cursor.query_id}.csv")
    cursor.execute("SELECT name FROM people WHERE id = ? AND name = ?", ["2", "'grace'"], paramstyle="qmark")
    assert cursor.fetchall() == [("grace",)]
    cursor.execute("SELECT name FROM people WHERE name = %(name)s", {"name": "it's"})
    assert cursor.fetchall() == []
    cursor.execute("SELECT ARRAY[1, 2], MAP(ARRAY['k'], ARRAY[1]), CAST(ROW(1, 'x') AS ROW(n integer, s varchar))")
    nested = cursor.fetchone()
    assert nested == ([1, 2], {"k": "1"}, {"n": "1", "s": "x"}), nested
    many = cursor.execute("SELECT x FROM UNNEST(sequence(1, 2500)) AS t(x)")
    assert sum(row[0] for row in many) == 2500 * 2501 // 2
    try:
        cursor.execute("SELECT * FROM nowhere")
    except OperationalError as error:
        assert "TABLE_NOT_FOUND" in str(error), error
    else:
        raise AssertionError("OperationalError was expected")

    rows = connection.cursor(DictCursor).execute("SELECT id, name FROM people ORDER BY id LIMIT 1").fetchall()
    assert rows == [{"id": 1, "name": "ada"}], rows
    for unload in (False, True):
        frame = connection.cursor(PandasCursor, unload=unload).execute("SELECT id, paid, name FROM people").as_pandas()
        assert sorted(frame["id"].tolist()) == [1, 2, 3] and frame["paid"].isna().sum() == 1, frame

    cursor.execute("SHOW TABLES")
    assert cursor.fetchall() == [("people",)]
    cursor.execute("DESCRIBE people")
    assert [row[0].split()[0] for row in cursor.fetchall()][:2] == ["id", "name"]
    assert [table.name for table in cursor.list_table_metadata(schema_name="shop")] == ["people"]


def with_sqlalchemy():
    from sqlalchemy import MetaData, Table, create_engine, func, inspect, select

    region = s3.meta.region_name
    url = f"awsathena+rest://athena.{region}.amazonaws.com:443/shop?s3_staging_dir={RESULTS}&poll_interval=0.05"
    engine = create_engine(url, connect_args={"endpoint_url": os.environ["AWS_ENDPOINT_URL"]})
    with engine.connect() as connection:
        people = Table("people", MetaData(), autoload_with=connection)
        assert [column.name for column in people.columns] == ["id", "name", "paid", "since", "active"]
        assert connection.execute(select(func.count()).select_from(people).where(people.c.name == "ada")).scalar() == 1
        assert inspect(engine).get_table_names() == ["people"]


def with_awswrangler():
    import awswrangler as wr

    ways = [{"ctas_approach": False}, {"ctas_approach": True}, {"ctas_approach": False, "unload_approach": True}]
    for number, way in enumerate(ways):
        place = {"unload_parameters": {"file_format": "PARQUET"}} if "unload_approach" in way else {}
        frame = wr.athena.read_sql_query(
            "SELECT id, name, paid, since, active FROM people ORDER BY id",
            database="shop",
            s3_output=f"s3://{BUCKET}/wr{number}/",
            athena_query_wait_polling_delay=0.05,
            **way,
            **place,
        )
        frame = frame.sort_values("id")
        assert frame["id"].tolist() == [1, 2, 3], (way, frame)
        assert frame["name"].fillna("").tolist() == ["ada", "grace", ""], (way, frame)
        assert str(frame["paid"].tolist()[0]) == "1.50" and frame["since"].tolist()[0] == datetime.date(2024, 1, 2), frame
    assert wr.catalog.tables(database="shop")["Table"].tolist() == ["people"], "the temporary tables are gone"
    count = wr.athena.read_sql_query(
        "SELECT count(*) AS n FROM people WHERE name = :name",
        database="shop",
        s3_output=RESULTS,
        ctas_approach=False,
        params={"name": "ada"},
        athena_query_wait_polling_delay=0.05,
    )
    assert count["n"].tolist() == [1], count


stories = {story.__name__: story for story in [with_boto3, with_pyathena, with_sqlalchemy, with_awswrangler]}
prepare()
for name in sys.argv[1:]:
    stories[name]()
    print(f"{name} is told")
