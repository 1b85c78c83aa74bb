import { useApi } from '@backstage/frontend-plugin-api';
import type { WhoAmIView } from '@drydock/plugin-promotion-common';
import { useEffect, useState } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';

/** The signed-in user, as the promoter sees them; undefined until it is known. */
export function useMe(): WhoAmIView | undefined {
  const api = useApi(promotionApiRef);
  const [me, setMe] = useState<WhoAmIView>();
  useEffect(() => {
    let current = true;
    api.whoAmI().then(
      answer => current && setMe(answer),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [api]);
  return me;
}
