/** The sources of the facts. `date` is the last day on which the source was recorded or published, or else accessed. */
export const sources = {
  'LS-API': {
    title: 'LocalStack tests validated on AWS, test_s3_api.py and its recorded responses',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3_api.py',
    date: '2026-02-23',
  },
  'LS-S3': {
    title: 'LocalStack tests validated on AWS, test_s3.py and its recorded responses',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3.py',
    date: '2026-02-21',
  },
  'LS-PRE': {
    title: 'LocalStack tests validated on AWS, test_s3_preconditions.py and its recorded responses',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3_preconditions.py',
    date: '2026-02-23',
  },
  'LS-CODE': {
    title: 'The implementation of LocalStack, not recorded on AWS',
    link: 'https://github.com/localstack/localstack/tree/8b9a79f0',
    date: '2026-11-22',
  },
  MOTO: {
    title: 'moto tests marked @pytest.mark.aws_verified, which can run on AWS',
    link: 'https://github.com/getmoto/moto/tree/0af643a5/tests/test_s3',
    date: '2026-08-22',
  },
  S3M: {
    title: 'Adobe S3Mock integration tests marked @S3VerifiedSuccess with the year, 2025 or 2026',
    link: 'https://github.com/adobe/S3Mock/tree/04fd62fd/integration-tests/src/test/kotlin/com/adobe/testing/s3mock/its',
    date: '2026-11-22',
  },
  SCAL: {
    title: 'Scality cloudserver functional tests, which can run on AWS; the date of their last run there is unknown',
    link: 'https://github.com/scality/cloudserver/tree/ec2e3046/tests/functional/aws-node-sdk/test/object',
    date: '2026-11-22',
  },
  MP: {
    title: 'Mountpoint for Amazon S3, client integration tests that AWS runs on S3 and S3 Express',
    link: 'https://github.com/awslabs/mountpoint-s3/tree/58817cab/mountpoint-s3-client',
    date: '2026-11-22',
  },
  TIMER: {
    title: 'Live probe in us-east-1, LocalStack issue 13894',
    link: 'https://github.com/localstack/localstack/issues/13894',
    date: '2026-03-06',
  },
  GAUL: {
    title: 'Live probes by A. Gaul and N. Nucera in eu-west-1 and us-east-1, MiniStack issue 1475',
    link: 'https://github.com/ministackorg/ministack/issues/1475',
    date: '2026-08-24',
  },
  'GAUL-1501': {
    title: 'Live probe of size and time conditions by A. Gaul, with directory buckets, MiniStack issue 1501',
    link: 'https://github.com/ministackorg/ministack/issues/1501',
    date: '2026-08-24',
  },
  'GAUL-1452': {
    title: 'Live probe by A. Gaul in eu-west-1, MiniStack PR 1452',
    link: 'https://github.com/ministackorg/ministack/pull/1452',
    date: '2026-08-21',
  },
  'GAUL-1458': {
    title: 'Live probe by A. Gaul and N. Nucera, MiniStack PR 1458',
    link: 'https://github.com/ministackorg/ministack/pull/1458',
    date: '2026-08-24',
  },
  MINISTACK: {
    title: 'The implementation of MiniStack, PR 1390',
    link: 'https://github.com/ministackorg/ministack/pull/1390',
    date: '2026-08-15',
  },
  VGW: {
    title: 'Live probe, versitygw PR 2368',
    link: 'https://github.com/versity/versitygw/pull/2368',
    date: '2026-09-08',
  },
  'VGW-T': {
    title: 'versitygw integration tests and backend/common.go, not recorded on AWS',
    link: 'https://github.com/versity/versitygw/tree/5d9d5480/tests/integration',
    date: '2026-11-22',
  },
  'VGW-1508': {
    title: 'versitygw PR 1508, conditional reads, not recorded on AWS',
    link: 'https://github.com/versity/versitygw/pull/1508',
    date: '2025-09-01',
  },
  CEPH: {
    title: 'ceph/s3-tests, with Ceph as the reference',
    link: 'https://github.com/ceph/s3-tests/blob/8f0ae7b4/s3tests/functional/test_s3.py',
    date: '2026-11-22',
  },
  HADOOP: {
    title: 'Apache Hadoop S3A integration tests, intended for Amazon S3; the date of their last run there is unknown',
    link: 'https://github.com/apache/hadoop/blob/trunk/hadoop-tools/hadoop-aws/src/test/java/org/apache/hadoop/fs/s3a/impl/ITestS3APutIfMatchAndIfNoneMatch.java',
    date: '2026-11-22',
  },
  ES: {
    title: 'D. Turner, Elasticsearch PR 138569',
    link: 'https://github.com/elastic/elasticsearch/pull/138569',
    date: '2025-11-25',
  },
  OZONE: {
    title: 'Apache Ozone, design of conditional requests',
    link: 'https://github.com/apache/ozone/blob/master/hadoop-hdds/docs/content/design/s3-conditional-requests.md',
    date: '2026-11-22',
  },
  ARSENAL: {
    title: 'The implementation of Scality Arsenal, validateConditionalHeaders.ts',
    link: 'https://github.com/scality/Arsenal/blob/f6544f7a2e1194992dbf4ead548c45804ecd8224/lib/s3middleware/validateConditionalHeaders.ts',
    date: '2026-11-22',
  },
  S3RVER: {
    title: 'A user of Amazon S3 in s3rver PR 61',
    link: 'https://github.com/jamhall/s3rver/pull/61',
    date: '2017-03-10',
  },
  'DOC-GET': {
    title: 'Amazon S3 API reference, GetObject',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
    date: '2026-11-22',
  },
  'DOC-HEAD': {
    title: 'Amazon S3 API reference, HeadObject',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html',
    date: '2026-11-22',
  },
  'DOC-COPY': {
    title: 'Amazon S3 API reference, CopyObject',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html',
    date: '2026-11-22',
  },
  'DOC-COMPLETE': {
    title: 'Amazon S3 API reference, CompleteMultipartUpload',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html',
    date: '2026-11-22',
  },
  'DOC-DELETE': {
    title: 'Amazon S3 API reference, DeleteObject',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html',
    date: '2026-11-22',
  },
  'DOC-C': {
    title: 'Amazon S3 user guide, conditional requests',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html',
    date: '2026-11-22',
  },
  'DOC-R': {
    title: 'Amazon S3 user guide, conditional reads',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html',
    date: '2026-11-22',
  },
  'DOC-W': {
    title: 'Amazon S3 user guide, conditional writes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
    date: '2026-11-22',
  },
  'DOC-D': {
    title: 'Amazon S3 user guide, conditional deletes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html',
    date: '2026-11-22',
  },
  'DOC-VS': {
    title: 'Amazon S3 user guide, deleting objects from versioning-suspended buckets',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectsfromVersioningSuspendedBuckets.html',
    date: '2026-11-26',
  },
  'DOC-MARKERS': {
    title: 'Amazon S3 user guide, managing delete markers',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManagingDelMarkers.html',
    date: '2026-11-26',
  },
  'DOC-WE': {
    title: 'Amazon S3 user guide, enforcing conditional writes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html',
    date: '2026-11-22',
  },
  'DOC-DE': {
    title: 'Amazon S3 user guide, enforcing conditional deletes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-delete-enforce.html',
    date: '2026-11-22',
  },
  'DOC-ERR': {
    title: 'Amazon S3 API reference, error responses',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    date: '2026-11-22',
  },
  'DOC-META': {
    title: 'Amazon S3 user guide, working with object metadata',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html',
    date: '2026-11-22',
  },
  'DOC-MPU': {
    title: 'Amazon S3 user guide, concurrent multipart upload operations, in a stored copy',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#distributedmpupload',
    date: '2026-11-30',
  },
  'DOC-CON': {
    title: 'Amazon S3 user guide, Amazon S3 data consistency model, in a stored copy',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel',
    date: '2026-11-25',
  },
  'DOC-SUM': {
    title: 'Amazon S3 user guide, checking object integrity',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html',
    date: '2026-11-22',
  },
  NEWS: {
    title: "AWS What's New, conditional writes for copy operations",
    link: 'https://www.amazonaws.cn/en/new/2025/amazon-s3-adds-conditional-write-functionality-to-copy-operations',
    date: '2025-10-28',
  },
  MODEL: {
    title: 'The service model, botocore 1.43.107 and @aws-sdk/client-s3 3.1169.0, which agree',
    link: 'https://www.npmjs.com/package/@aws-sdk/client-s3/v/3.1169.0',
    date: '2026-11-13',
  },
  SDK: {
    title: '@aws-sdk/client-s3, s3-request-presigner and lib-storage 3.1169.0, run against a stub server',
    link: 'https://www.npmjs.com/package/@aws-sdk/client-s3/v/3.1169.0',
    date: '2026-11-22',
  },
  RFC: {
    title: 'RFC 9110, HTTP Semantics, section 13',
    link: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-13',
    date: '2022-06-30',
  },
  'JS-2635': {
    title: 'aws-sdk-js-v3 issue 2635',
    link: 'https://github.com/aws/aws-sdk-js-v3/issues/2635',
    date: '2021-08-02',
  },
  'JS-3674': {
    title: 'aws-sdk-js-v3 issue 3674',
    link: 'https://github.com/aws/aws-sdk-js-v3/issues/3674',
    date: '2022-06-08',
  },
  'JS-5860': {
    title: 'aws-sdk-js-v3 issue 5860',
    link: 'https://github.com/aws/aws-sdk-js-v3/issues/5860',
    date: '2024-03-06',
  },
  'JS-6857': {
    title: 'aws-sdk-js-v3 issue 6857',
    link: 'https://github.com/aws/aws-sdk-js-v3/issues/6857',
    date: '2025-01-30',
  },
  'BOTO3-4367': {
    title: 'boto3 issue 4367',
    link: 'https://github.com/boto/boto3/issues/4367',
    date: '2025-03-11',
  },
  'BOTO3-4505': {
    title: 'boto3 issue 4505',
    link: 'https://github.com/boto/boto3/issues/4505',
    date: '2025-05-19',
  },
  'RUST-1311': {
    title: 'aws-sdk-rust issue 1311',
    link: 'https://github.com/awslabs/aws-sdk-rust/issues/1311',
    date: '2025-06-19',
  },
  'JAVA-6023': {
    title: 'aws-sdk-java-v2 issue 6023',
    link: 'https://github.com/aws/aws-sdk-java-v2/issues/6023',
    date: '2025-04-10',
  },
  'JAVA-6580': {
    title: 'aws-sdk-java-v2 issue 6580, closed without a fix',
    link: 'https://github.com/aws/aws-sdk-java-v2/issues/6580',
    date: '2025-11-24',
  },
  KOTLIN: {
    title: 'A user in aws-sdk-kotlin issue 1645',
    link: 'https://github.com/aws/aws-sdk-kotlin/issues/1645',
    date: '2025-07-12',
  },
  TRANSFER: {
    title: 'aws-s3-transfer-manager-rs PR 163',
    link: 'https://github.com/awslabs/aws-s3-transfer-manager-rs/pull/163',
    date: '2026-08-14',
  },
  XEN: {
    title: 'xen-orchestra PR 10189',
    link: 'https://github.com/vatesfr/xen-orchestra/pull/10189',
    date: '2026-07-29',
  },
  CMDR: {
    title: 'V. David, cmdr, note “S3 live verification” in eu-north-1',
    link: 'https://github.com/vdavid/cmdr',
    date: '2026-10-02',
  },
  'VGW-2112': {
    title: 'Transcript of a response from Amazon S3, versitygw issue 2112',
    link: 'https://github.com/versity/versitygw/issues/2112',
    date: '2026-05-05',
  },
  'VGW-REST': {
    title: 'versitygw script test_rest_delete_objects.sh, which runs on Amazon S3 with DIRECT',
    link: 'https://github.com/versity/versitygw/blob/5d9d5480/tests/test_rest_delete_objects.sh',
    date: '2026-08-19',
  },
  'VGW-1708': {
    title: 'Transcript of a response from Amazon S3, versitygw issue 1708',
    link: 'https://github.com/versity/versitygw/issues/1708',
    date: '2025-12-18',
  },
  'VGW-1709': {
    title: 'Transcript of a response from Amazon S3, versitygw issue 1709',
    link: 'https://github.com/versity/versitygw/issues/1709',
    date: '2025-12-19',
  },
  'VGW-1727': {
    title: 'versitygw PR 1727, not recorded on AWS',
    link: 'https://github.com/versity/versitygw/pull/1727',
    date: '2026-11-25',
  },
  'ARROW-6801': {
    title: 'N. Benesch, arrow-rs PR 6801, tested on Amazon S3',
    link: 'https://github.com/apache/arrow-rs/pull/6801',
    date: '2024-11-26',
  },
  'OPENDAL-5500': {
    title: 'opendal PR 5500, observed on Amazon S3',
    link: 'https://github.com/apache/opendal/pull/5500',
    date: '2025-01-03',
  },
  'OPENDAL-8178': {
    title: 'opendal issue 8178, with responses from the live service to its behaviour tests',
    link: 'https://github.com/apache/opendal/issues/8178',
    date: '2026-08-27',
  },
  'MINISTACK-1695': {
    title: 'MiniStack issue 1695',
    link: 'https://github.com/ministackorg/ministack/issues/1695',
    date: '2026-09-11',
  },
  'GAUL-1498': {
    title: 'Live probe of UploadPartCopy by A. Gaul, MiniStack issue 1498',
    link: 'https://github.com/ministackorg/ministack/issues/1498',
    date: '2026-08-24',
  },
  'MOTO-8534': {
    title: 'A printed response from a real bucket, moto issue 8534',
    link: 'https://github.com/getmoto/moto/issues/8534',
    date: '2025-01-29',
  },
  'GO-3024': {
    title: 'aws-sdk-go-v2 issue 3024 and the resulting PR 3034',
    link: 'https://github.com/aws/aws-sdk-go-v2/issues/3024',
    date: '2025-03-31',
  },
  'RUST-818': {
    title: 'A maintainer of the SDK after asking the S3 team, aws-sdk-rust issue 818',
    link: 'https://github.com/awslabs/aws-sdk-rust/issues/818',
    date: '2023-06-02',
  },
  'ASYNC-1213': {
    title: 'async-aws issue 1213',
    link: 'https://github.com/async-aws/aws/issues/1213',
    date: '2022-04-12',
  },
  'MINIO-JAVA-546': {
    title: 'minio-java issue 546',
    link: 'https://github.com/minio/minio-java/issues/546',
    date: '2017-04-09',
  },
  'MINIO-JS-620': {
    title: 'minio-js issue 620',
    link: 'https://github.com/minio/minio-js/issues/620',
    date: '2017-09-11',
  },
  'SPM-268': {
    title: 'sample-spec-driven-presentation-maker PR 268, on a deployed stack',
    link: 'https://github.com/aws-samples/sample-spec-driven-presentation-maker/pull/268',
    date: '2026-08-02',
  },
  'S3M-2502': {
    title: 'A user of Amazon S3 in S3Mock issue 2502',
    link: 'https://github.com/adobe/S3Mock/issues/2502',
    date: '2025-07-06',
  },
  'CEPH-71584': {
    title: 'ceph PR 71584, tests of buckets with versioning suspended',
    link: 'https://github.com/ceph/ceph/pull/71584',
    date: '2026-09-10',
  },
  'HUDI-14373': {
    title: 'Apache Hudi issue 14373',
    link: 'https://github.com/apache/hudi/issues/14373',
    date: '2025-11-26',
  },
  'DOC-KEYS': {
    title: 'Amazon S3 user guide, naming Amazon S3 objects',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
    date: '2026-11-26',
  },
  'FLYSYSTEM-1862': {
    title: 'Flysystem PR 1862, copies of keys with umlauts on Amazon S3',
    link: 'https://github.com/thephpleague/flysystem/pull/1862',
    date: '2025-03-27',
  },
  'SWFS-10910': {
    title: 'SeaweedFS issue 10910, keys that are prefixes of other keys',
    link: 'https://github.com/seaweedfs/seaweedfs/issues/10910',
    date: '2026-08-24',
  },
  'NOOBAA-8320': {
    title: 'NooBaa issue 8320, a key with and without a trailing slash',
    link: 'https://github.com/noobaa/noobaa-core/issues/8320',
    date: '2024-08-29',
  },
  'DOC-SAR': {
    title: 'AWS Service Authorization Reference, Amazon S3',
    link: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
    date: '2026-11-25',
  },
} as const satisfies Record<string, { title: string; link: string; date: string }>

export type SourceKey = keyof typeof sources
