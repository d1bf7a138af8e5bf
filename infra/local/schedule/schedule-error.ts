/** Why a schedule expression is none; the message is a sentence that each service puts into an error of its own. */
export class ScheduleError extends Error {}
