/** What a role has asked for, as the trail has it: all its requests for one action on one resource. */
export interface ObservedCall {
  /** ARN of the role. */
  roleArn: string;
  /** IAM's action, `s3:GetObject`; not the API's name where they differ (`HeadObject`). */
  action: string;
  /** An ARN, or `*` where the action knows no resource. */
  resource: string;
  count: number;
  /** ISO 8601. */
  lastAt: string;
  /** How many of them were refused for want of permission. */
  deniedCount: number;
}
