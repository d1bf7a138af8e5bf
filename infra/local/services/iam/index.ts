import type { Identities } from '../../identities.ts';
import { SignatureError } from '../../protocol/signature-error.ts';
import type { Access, OperationService, Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';

export interface IamExtras {
  rootAccessKey: { id: string; secret: string };
}

export interface Circumstances {
  sourceIp: string;
  userAgent?: string;
}

export type IamService = OperationService & {
  identities: Identities;
  authorize(principal: Principal, access: Access, circumstances?: Circumstances): void;
  asRole(roleArn: string, service: string, sessionName: string): Principal;
};

export async function startIamService(ctx: ServiceContext, { rootAccessKey }: IamExtras): Promise<IamService> {
  const root: Principal = {
    type: 'Root',
    arn: `arn:aws:iam::${ctx.account}:root`,
    accountId: ctx.account,
    userId: ctx.account,
  };
  return {
    name: 'iam',
    protocol: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: {},
    identities: {
      find(id) {
        if (id !== rootAccessKey.id) throw new SignatureError('unknownKey', undefined, { accessKeyId: id });
        return { principal: root, secret: rootAccessKey.secret };
      },
    },
    authorize: () => undefined,
    asRole: () => root,
  };
}
