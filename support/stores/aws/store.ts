import type { Store } from '../store'

/** The regions whose website endpoints have a dash instead of a dot before the region name. */
const WITH_DASH = /^(us-east-1|us-west-[12]|ap-southeast-[12]|ap-northeast-1|eu-west-1|sa-east-1|us-gov-west-1)$/

export const aws: Store = {
  name: 'aws',
  title: 'Amazon S3',
  unsupported: {
    proxy: 'a proxy that drops responses works only with local stores',
    'second-user': 'S3_SECOND_USER_PROFILE is not set',
    'directory-bucket': 'S3_ZONE is not set',
  },
  website: (bucket, region) =>
    `${bucket}.s3-website${WITH_DASH.test(region) ? '-' : '.'}${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
}
