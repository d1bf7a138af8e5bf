/** The schedules of crawlers. https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-scheduler.html */
import { parseSchedule } from '../../../schedule/schedule-expression.ts';
import { glueError, invalidInput } from '../errors.ts';
import type { Crawler } from './crawler.ts';

/** Glue takes no rates. An empty text is no schedule. */
export function mustBeCron(expression: string | undefined): void {
  if (!expression) return;
  try {
    if (!expression.startsWith('cron(')) throw new Error(`'${expression.slice(0, 100)}' is not cron(…).`);
    parseSchedule(expression);
  } catch (error) {
    throw invalidInput(`Schedule expression ${expression.slice(0, 100)} is not valid: ${(error as Error).message}`);
  }
}

/** A crawler with its schedule started, stopped or replaced. */
export const scheduleChanges = {
  start(crawler: Crawler): Crawler {
    if (!crawler.Schedule) throw glueError('NoScheduleException', `Crawler with name ${crawler.Name} has no schedule`);
    if (crawler.isScheduled) {
      throw glueError('SchedulerRunningException', `Schedule of crawler with name ${crawler.Name} is already running`);
    }
    return { ...crawler, isScheduled: true };
  },
  stop(crawler: Crawler): Crawler {
    if (!crawler.isScheduled) {
      throw glueError('SchedulerNotRunningException', `Schedule of crawler with name ${crawler.Name} is not running`);
    }
    return { ...crawler, isScheduled: false };
  },
  update(crawler: Crawler, expression: string): Crawler {
    // One that was stopped stays so.
    const isScheduled = expression !== '' && (crawler.isScheduled === true || !crawler.Schedule);
    return { ...crawler, Schedule: expression, isScheduled };
  },
};
