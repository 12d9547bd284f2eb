/** Where facts come from. `date` is when it was recorded or published, or else when it was looked up. */
export const sources = {
  'LS-API': {
    title: 'LocalStack tests validated on AWS, test_s3_api.py and its recorded answers',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3_api.py',
    date: '2026-02-21',
  },
  'LS-S3': {
    title: 'LocalStack tests validated on AWS, test_s3.py and its recorded answers',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3.py',
    date: '2026-02-21',
  },
  'LS-PRE': {
    title: 'LocalStack tests validated on AWS, test_s3_preconditions.py and its recorded answers',
    link: 'https://github.com/localstack/localstack/blob/8b9a79f0/tests/aws/services/s3/test_s3_preconditions.py',
    date: '2026-02-23',
  },
  'LS-CODE': {
    title: "LocalStack's own implementation",
    link: 'https://github.com/localstack/localstack/tree/8b9a79f0',
    date: '2026-11-22',
  },
  MOTO: {
    title: 'moto tests marked as verified on AWS',
    link: 'https://github.com/getmoto/moto/tree/0af643a5/tests/test_s3',
    date: '2026-11-22',
  },
  S3M: {
    title: 'Adobe S3Mock integration tests marked as verified on S3',
    link: 'https://github.com/adobe/S3Mock/tree/04fd62fd/integration-tests',
    date: '2025-12-31',
  },
  SCAL: {
    title: 'Scality cloudserver functional tests, which can run on AWS; when they last did is not known',
    link: 'https://github.com/scality/cloudserver/tree/ec2e3046/tests/functional/aws-node-sdk',
    date: '2026-11-22',
  },
  MP: {
    title: 'Mountpoint for Amazon S3, client integration tests',
    link: 'https://github.com/awslabs/mountpoint-s3/tree/58817cab/mountpoint-s3-client',
    date: '2026-11-22',
  },
  TIMER: {
    title: 'Live probe in us-east-1, LocalStack issue 13894',
    link: 'https://github.com/localstack/localstack/issues/13894',
    date: '2026-03-06',
  },
  GAUL: {
    title:
      'Live probes by A. Gaul and N. Nucera in eu-west-1 and us-east-1, MiniStack issues 1475 and 1501, PR 1452 and 1458',
    link: 'https://github.com/ministackorg/ministack/issues/1475',
    date: '2026-08-24',
  },
  VGW: {
    title: 'Live probe, versitygw PR 2368',
    link: 'https://github.com/versity/versitygw/pull/2368',
    date: '2026-09-08',
  },
  'VGW-T': {
    title: 'versitygw integration tests, not recorded on AWS',
    link: 'https://github.com/versity/versitygw/tree/5d9d5480/tests/integration',
    date: '2026-11-22',
  },
  CEPH: {
    title: 'ceph/s3-tests, whose oracle is Ceph',
    link: 'https://github.com/ceph/s3-tests/blob/8f0ae7b4/s3tests/functional/test_s3.py',
    date: '2026-11-22',
  },
  HADOOP: {
    title: 'Apache Hadoop S3A integration tests, meant for Amazon S3',
    link: 'https://github.com/apache/hadoop/tree/trunk/hadoop-tools/hadoop-aws/src/test/java/org/apache/hadoop/fs/s3a/impl',
    date: '2026-11-22',
  },
  ES: {
    title: 'D. Turner, Elasticsearch PR 138569',
    link: 'https://github.com/elastic/elasticsearch/pull/138569',
    date: '2026-11-22',
  },
  DOC: {
    title: 'Amazon S3 API reference',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
    date: '2026-11-22',
  },
  'DOC-W': {
    title: 'Amazon S3 user guide, conditional writes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
    date: '2026-11-22',
  },
  'DOC-R': {
    title: 'Amazon S3 user guide, conditional reads',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html',
    date: '2026-11-22',
  },
  'DOC-C': {
    title: 'Amazon S3 user guide, conditional requests',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html',
    date: '2026-11-22',
  },
  'DOC-D': {
    title: 'Amazon S3 user guide, conditional deletes',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html',
    date: '2026-11-22',
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
  'DOC-SUM': {
    title: 'Amazon S3 user guide, checking object integrity',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html',
    date: '2026-11-22',
  },
  NEWS: {
    title: "AWS What's New, conditional copies",
    link: 'https://aws.amazon.com/about-aws/whats-new/2025/10/',
    date: '2025-10-28',
  },
  MODEL: {
    title: 'The service model, botocore 1.43.107 and @aws-sdk/client-s3 3.1169.0',
    link: 'https://www.npmjs.com/package/@aws-sdk/client-s3/v/3.1169.0',
    date: '2026-11-13',
  },
  SDK: {
    title: '@aws-sdk/client-s3 3.1169.0, run against a scripted server',
    link: 'https://www.npmjs.com/package/@aws-sdk/client-s3/v/3.1169.0',
    date: '2026-11-22',
  },
  RFC: {
    title: 'RFC 9110, HTTP Semantics, section 13',
    link: 'https://www.rfc-editor.org/rfc/rfc9110#section-13',
    date: '2022-06-01',
  },
  OZONE: {
    title: 'Apache Ozone, design of conditional requests',
    link: 'https://github.com/apache/ozone',
    date: '2026-11-22',
  },
  MINISTACK: {
    title: 'MiniStack PR 1390',
    link: 'https://github.com/ministackorg/ministack/pull/1390',
    date: '2026-11-22',
  },
  KOTLIN: {
    title: 'A user in aws-sdk-kotlin issue 1645',
    link: 'https://github.com/awslabs/aws-sdk-kotlin/issues/1645',
    date: '2026-11-22',
  },
  S3RVER: { title: 's3rver PR 61', link: 'https://github.com/jamhall/s3rver/pull/61', date: '2026-11-22' },
  JS: {
    title: 'aws-sdk-js-v3 issues 2635, 3674, 5860 and 6857',
    link: 'https://github.com/aws/aws-sdk-js-v3/issues/5860',
    date: '2026-11-22',
  },
  BOTO3: { title: 'boto3 issues 4367 and 4505', link: 'https://github.com/boto/boto3/issues/4367', date: '2026-11-22' },
  JAVA: {
    title: 'aws-sdk-java-v2 issues 6023 and 6580',
    link: 'https://github.com/aws/aws-sdk-java-v2/issues/6023',
    date: '2026-11-22',
  },
  TRANSFER: {
    title: 'aws-s3-transfer-manager-rs PR 163',
    link: 'https://github.com/awslabs/aws-s3-transfer-manager-rs/pull/163',
    date: '2026-11-22',
  },
  XEN: {
    title: 'xen-orchestra PR 10189',
    link: 'https://github.com/vatesfr/xen-orchestra/pull/10189',
    date: '2026-11-22',
  },
  NONE: {
    title: 'Nothing was found that says it',
    link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html',
    date: '2026-11-22',
  },
} as const satisfies Record<string, { title: string; link: string; date: string }>
