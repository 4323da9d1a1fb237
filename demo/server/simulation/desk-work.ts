/**
 * Taking work off a desk. Owns what follows for the agent (status, a break that was waited for, the next offer);
 * refuses to own what follows for the interaction.
 */
import type { CallCentre } from './call-centre.js';
import type { Desk } from './desk.js';
import type { Interaction } from './interaction.js';

/** How soon a desk that has room again is looked at. */
const ROUTE_DELAY_MS = 700;

/** The interaction leaves the desk. */
export function leaveDesk(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  desk.work.delete(interaction);
  desk.acts.delete(interaction);
  const isClear = desk.work.size === 0;
  if (isClear) desk.idleSince = centre.agenda.now;
  const start = isClear ? desk.wanted : undefined;
  if (start === undefined) {
    centre.tellStatus(desk);
  } else {
    desk.wanted = undefined;
    start();
  }
  centre.routeAfter(ROUTE_DELAY_MS);
}
