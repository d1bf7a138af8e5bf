/**
 * What services do as a role without a record in the trail: functions and jobs write their logs. That nobody was seen doing
 * it says nothing, and without it their logs would be lost.
 */
const UNRECORDED = new Set(['logs:createlogstream', 'logs:putlogevents']);

export function isUnrecorded(action: string): boolean {
  return UNRECORDED.has(action.toLowerCase());
}
