import { addAddon } from './addAddon';
import { environmentOverlay } from './environmentOverlay';
import { newApplication } from './newApplication';
import { newCluster } from './newCluster';
import { newTeam } from './newTeam';
import type { Recipe } from './Recipe';

/** Every recipe; each has a template in `templates/`. */
export const recipes: readonly Recipe[] = [newApplication, environmentOverlay, newCluster, addAddon, newTeam];
