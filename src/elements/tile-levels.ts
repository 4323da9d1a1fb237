/**
 * When a number is worth a colour. Pure. A level is left only 10 % on the better side of its line, so a number that
 * sways around it does not flicker.
 */
export type Level = 'unknown' | 'normal' | 'good' | 'warn' | 'bad';

/** Share by which a number must better its line before the level falls back. */
const HYSTERESIS = 0.1;
/** Below this many finished visits a service level says nothing. */
export const FEW_VISITS = 5;
/** Share of the threshold at which a wait is near it. */
const NEAR = 0.75;
/** Points below the target at which a service level is critical. */
const CRITICAL_POINTS = 0.1;

/** The longest wait against the service-level threshold: near it from three quarters on, over it from the whole. */
export function waitLevel(waitMs: number | undefined, thresholdMs: number, previous: Level): Level {
  if (waitMs === undefined) return 'unknown';
  const eased = thresholdMs * (1 - HYSTERESIS);
  if (waitMs >= (previous === 'bad' ? eased : thresholdMs)) return 'bad';
  const isRaised = previous === 'bad' || previous === 'warn';
  return waitMs >= (isRaised ? eased : thresholdMs) * NEAR ? 'warn' : 'normal';
}

/** The service level against its target, both 0 to 1; `unknown` without a target or with too few visits. */
export function serviceLevelLevel(
  serviceLevel: number | undefined,
  target: number | undefined,
  finished: number,
): Level {
  if (serviceLevel === undefined || target === undefined || finished < FEW_VISITS) return 'unknown';
  if (serviceLevel >= target) return 'good';
  return serviceLevel >= target - CRITICAL_POINTS ? 'warn' : 'bad';
}

const ALERTS: readonly Level[] = ['bad', 'warn'];

/** The worst of the levels if it is worth an alarm. */
export function alertOf(levels: readonly Level[]): Level | undefined {
  return ALERTS.find((alert) => levels.includes(alert));
}
