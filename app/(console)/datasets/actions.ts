'use server';
import { defineAction } from '@/lib/action';
import { editMetadata, keepContract } from '@/lib/catalog';

export const keepContractAction = defineAction(keepContract, 'contracts.keep');
export const editMetadataAction = defineAction(editMetadata, 'datasets.edit');
