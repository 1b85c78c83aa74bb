import type { HttpAuthService, UserInfoService } from '@backstage/backend-plugin-api';
import { PromoterClient, promoterUserOf } from '@drydock/plugin-promotion-node';
import type { Request } from 'express';
import type { Authorizer } from './authorization/Authorizer';

/** What every route may use. */
export interface RouterOptions {
  readonly authorizer: Authorizer;
  readonly httpAuth: HttpAuthService;
  readonly promoter: PromoterClient;
  readonly userInfo: UserInfoService;
}

/** Finds out who asks, for Backstage and for the promoter. */
export function callerOf({ httpAuth, userInfo }: RouterOptions) {
  return async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    return { credentials, user: await promoterUserOf(credentials, userInfo) };
  };
}
