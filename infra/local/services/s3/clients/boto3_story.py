"""What a data scientist does with boto3, asserted line by line; told where S3 is by the environment alone."""

import http.client
import io
import json
import uuid
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlparse
from urllib.request import Request, urlopen

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

ODD = ["plain", "with space", "plus+", "per%20cent%", "ünï", "日本語", "smile😀", "/leading", "a//b", "a=b&c?d#e", "tail/"]
MIB = 1024 * 1024

s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))
region = s3.meta.region_name


def make_bucket(versioned=False):
    name = f"boto-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    if versioned:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]["Code"]
        assert found == code, f"{found} instead of {code}"
        return
    raise AssertionError(f"{code} was expected")


def odd_names():
    bucket = make_bucket()
    for key in ODD:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), Metadata={"a": "b"}, Tagging="t=u%2Bv")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 3})
    assert sorted(each["Key"] for page in pages for each in page["Contents"]) == sorted(ODD)
    for key in ODD:
        s3.copy_object(Bucket=bucket, Key=f"copy of {key}", CopySource={"Bucket": bucket, "Key": key})
        read = s3.get_object(Bucket=bucket, Key=f"copy of {key}")
        assert read["Body"].read() == key.encode() and read["Metadata"] == {"a": "b"}
        url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
        assert urlopen(url).read() == key.encode()
    tags = s3.get_object_tagging(Bucket=bucket, Key="ünï")["TagSet"]
    assert tags == [{"Key": "t", "Value": "u+v"}], tags
    prefixes = s3.list_objects(Bucket=bucket, Delimiter="/")["CommonPrefixes"]
    assert [each["Prefix"] for each in prefixes] == ["/", "a/", "copy of /", "copy of a/", "copy of tail/", "tail/"]


def parts():
    bucket = make_bucket()
    body = bytes(range(256)) * (13 * MIB // 256) + b"rest"
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    s3.upload_fileobj(io.BytesIO(body), bucket, "big", Config=config)
    head = s3.head_object(Bucket=bucket, Key="big")
    assert head["ETag"].endswith('-3"') and head["ContentLength"] == len(body)
    into = io.BytesIO()
    s3.download_fileobj(bucket, "big", into, Config=config)
    assert into.getvalue() == body
    s3.copy({"Bucket": bucket, "Key": "big"}, bucket, "copied", Config=config)
    assert s3.get_object(Bucket=bucket, Key="copied")["Body"].read() == body
    part = s3.get_object(Bucket=bucket, Key="big", PartNumber=3)
    assert part["ContentLength"] == len(body) - 10 * MIB and part["PartsCount"] == 3
    assert s3.get_object(Bucket=bucket, Key="big", Range="bytes=-4")["Body"].read() == b"rest"


def chosen_checksums():
    bucket = make_bucket()
    bodies = [b"a" * 5 * MIB, b"b" * 100]
    upload = {"Bucket": bucket, "Key": "sums"}
    upload["UploadId"] = s3.create_multipart_upload(**upload, ChecksumAlgorithm="SHA256")["UploadId"]
    done = []
    for number, body in enumerate(bodies, 1):
        sent = s3.upload_part(**upload, PartNumber=number, Body=body, ChecksumAlgorithm="SHA256")
        assert sent["ChecksumSHA256"] == b64encode(sha256(body).digest()).decode()
        done.append({"PartNumber": number, "ETag": sent["ETag"], "ChecksumSHA256": sent["ChecksumSHA256"]})
    listed = s3.list_parts(**upload)
    assert [each["ChecksumSHA256"] for each in listed["Parts"]] == [each["ChecksumSHA256"] for each in done]
    assert listed["ChecksumType"] == "COMPOSITE"
    made = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": done})
    whole = sha256(b"".join(sha256(body).digest() for body in bodies)).digest()
    assert made["ChecksumSHA256"] == b64encode(whole).decode() + "-2"
    told = s3.get_object_attributes(Bucket=bucket, Key="sums", ObjectAttributes=["ObjectParts", "Checksum"], MaxParts=1)
    assert told["Checksum"]["ChecksumType"] == "COMPOSITE"
    assert told["ObjectParts"]["IsTruncated"] and told["ObjectParts"]["Parts"][0]["Size"] == 5 * MIB
    assert told["ObjectParts"]["Parts"][0]["ChecksumSHA256"] == done[0]["ChecksumSHA256"]


def conditions():
    bucket = make_bucket(versioned=True)
    made = s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2", IfNoneMatch="*")
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2", IfMatch='"0"')
    refused("NoSuchKey", s3.put_object, Bucket=bucket, Key="none", Body=b"2", IfMatch=made["ETag"])
    refused("PreconditionFailed", s3.delete_object, Bucket=bucket, Key="k", IfMatch='"0"')
    source = {"Bucket": bucket, "Key": "k"}
    refused("PreconditionFailed", s3.copy_object, Bucket=bucket, Key="c", CopySource=source, CopySourceIfMatch='"0"')
    s3.copy_object(Bucket=bucket, Key="c", CopySource=source, CopySourceIfMatch=made["ETag"], IfNoneMatch="*")
    refused("PreconditionFailed", s3.copy_object, Bucket=bucket, Key="c", CopySource=source, IfNoneMatch="*")
    refused("304", s3.get_object, Bucket=bucket, Key="k", IfNoneMatch=made["ETag"])
    s3.delete_object(Bucket=bucket, Key="k", IfMatch=made["ETag"])
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="k")


def many():
    bucket = make_bucket()
    for number in range(1001):
        s3.put_object(Bucket=bucket, Key=f"{number:04}", Body=b"x")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket))
    assert [page["KeyCount"] for page in pages] == [1000, 1]
    first = [{"Key": each["Key"]} for each in pages[0]["Contents"]]
    refused("MalformedXML", s3.delete_objects, Bucket=bucket, Delete={"Objects": [*first, {"Key": "one more"}]})
    assert len(s3.delete_objects(Bucket=bucket, Delete={"Objects": first})["Deleted"]) == 1000
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 1


def forms():
    bucket = make_bucket()
    conditions = [["starts-with", "$key", "in/"], ["content-length-range", 1, 100], {"success_action_status": "201"}]
    post = s3.generate_presigned_post(bucket, "in/${filename}", {"success_action_status": "201"}, conditions)
    edge = uuid.uuid4().hex
    said = [f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in post["fields"].items()]
    file = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a b.txt"\r\n\r\nhello\r\n--{edge}--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    with urlopen(Request(post["url"], "".join([*said, file]).encode(), headers)) as answer:
        assert answer.status == 201, answer.status
    assert s3.get_object(Bucket=bucket, Key="in/a b.txt")["Body"].read() == b"hello"


def unsigned():
    bucket = make_bucket()
    there = urlparse(s3.meta.endpoint_url)
    connection = http.client.HTTPConnection(there.hostname, there.port)
    connection.request("GET", f"/{bucket}/k")
    answer = connection.getresponse()
    assert answer.status == 403 and b"<Code>AccessDenied</Code>" in answer.read()


stories = [odd_names, parts, chosen_checksums, conditions, many, forms, unsigned]
for story in stories:
    story()
print(json.dumps([story.__name__ for story in stories]))
