'use server';
import { defineAction } from '@/lib/action';
import { keepContract } from '@/lib/catalog';

export const keepContractAction = defineAction(keepContract);
