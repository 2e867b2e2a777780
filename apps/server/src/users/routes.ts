import type { ManageRoute } from '../http/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { keyRoutes } from './keys/routes.ts';
import { logInRoutes } from './log-in/routes.ts';
import { meRoutes } from './me/routes.ts';
import { memberRoutes, type MemberRouteParts } from './members/routes.ts';

export interface UserRouteParts extends MemberRouteParts {
  box: SecretBox;
}

export function userRoutes(parts: UserRouteParts): ManageRoute[] {
  return [...logInRoutes(parts), ...meRoutes(parts), ...memberRoutes(parts), ...keyRoutes];
}
