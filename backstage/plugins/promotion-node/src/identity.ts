import type { BackstageCredentials, UserInfoService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { PromoterUser } from './AssertionSigner';

/** Who the portal is when no user asks: it reads, and is granted nothing. */
export const PORTAL_USER: PromoterUser = { name: 'portal', groups: [] };

/** The user behind credentials, as the promoter knows them. */
export async function promoterUserOf(
  credentials: BackstageCredentials,
  userInfo: UserInfoService,
): Promise<PromoterUser> {
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  return toPromoterUser(userEntityRef, ownershipEntityRefs);
}

/** Leaves kind and namespace away: the fleet's access list names users and groups plainly. */
export function toPromoterUser(userEntityRef: string, ownershipEntityRefs: readonly string[]): PromoterUser {
  const groups = ownershipEntityRefs
    .map(ref => parseEntityRef(ref))
    .filter(({ kind }) => kind.toLocaleLowerCase('en-US') === 'group')
    .map(({ name }) => name);
  return { name: parseEntityRef(userEntityRef).name, groups };
}
