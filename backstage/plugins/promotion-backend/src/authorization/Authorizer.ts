import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer, PermissionRuleset } from '@backstage/plugin-permission-node';
import {
  promotionReadPermission,
  PromotionTarget,
  stringifyTargetRef,
} from '@drydock/plugin-promotion-common';
import type { PromotionTargetFilter } from '@drydock/plugin-promotion-node';

/** Options of {@link Authorizer}. */
export interface AuthorizerOptions {
  readonly permissions: PermissionsService;
  readonly ruleset: PermissionRuleset<PromotionTarget, PromotionTargetFilter>;
}

/** Asks the permission system. The promoter decides once more on its own. */
export class Authorizer {
  readonly #options: AuthorizerOptions;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError that names the permission and the target */
  async require(
    permission: ResourcePermission,
    target: Pick<PromotionTarget, 'environment' | 'unit'>,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const resourceRef = stringifyTargetRef(target);
    const [decision] = await this.#options.permissions.authorize([{ permission, resourceRef }], {
      credentials,
    });
    if (decision?.result === AuthorizeResult.ALLOW) return;
    throw new NotAllowedError(`You lack the permission ${permission.name} for ${resourceRef}`);
  }

  /**
   * What of a list the user may see.
   *
   * @throws NotAllowedError when it is nothing at all
   */
  async readable(credentials: BackstageCredentials): Promise<(target: PromotionTarget) => boolean> {
    const { permissions, ruleset } = this.#options;
    const [decision] = await permissions.authorizeConditional([{ permission: promotionReadPermission }], {
      credentials,
    });
    if (decision === undefined || decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(`You lack the permission ${promotionReadPermission.name}`);
    }
    const isAuthorized = createConditionAuthorizer(ruleset);
    return target => isAuthorized(decision, target);
  }
}
