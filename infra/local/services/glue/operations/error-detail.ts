import { AwsError } from '../../../service.ts';

/** How one part of a batch failed; undefined where it did not. */
export async function errorDetailOf(
  doing: Promise<void>,
): Promise<{ ErrorCode: string; ErrorMessage: string } | undefined> {
  try {
    await doing;
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return { ErrorCode: error.code, ErrorMessage: error.message };
    throw error;
  }
}
