import { answerDocument } from '@/lib/data-api';

export const GET = answerDocument;
