import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContextMenuItemBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRouteLine } from '@remixicon/react';
import { isUnit, unitOf } from './components/entity/unitOf';
import { paths } from './paths';

const card = EntityCardBlueprint.make({
  name: 'promotions',
  params: {
    filter: isUnit,
    type: 'content',
    loader: () => import('./components/entity/EntityPromotionCard').then(m => <m.EntityPromotionCard />),
  },
});

const content = EntityContentBlueprint.make({
  name: 'promotions',
  params: {
    path: '/promotions',
    title: 'Promotions',
    filter: isUnit,
    loader: () =>
      import('./components/entity/EntityPromotionContent').then(m => <m.EntityPromotionContent />),
  },
});

const menuItem = EntityContextMenuItemBlueprint.make({
  name: 'promotions',
  params: {
    icon: <RiRouteLine />,
    filter: isUnit,
    useProps: () => {
      const { entity } = useEntity();
      return { title: 'See its promotions', href: paths.unit(unitOf(entity)) };
    },
  },
});

/** What the plugin adds to the pages of catalog entities that are units. */
export const entityExtensions = [card, content, menuItem];
