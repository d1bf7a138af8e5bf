'use server';
import { defineAction } from '@/lib/action';
import {
  deleteSavedQuery,
  moveQueryFolder,
  moveSavedQuery,
  restoreQueryVersion,
  saveQuery,
  undeleteSavedQuery,
} from '@/lib/query';

export const saveQueryAction = defineAction(saveQuery, 'queries.save');
export const moveSavedQueryAction = defineAction(moveSavedQuery, 'queries.move');
export const moveQueryFolderAction = defineAction(moveQueryFolder, 'queries.moveFolder');
export const restoreQueryVersionAction = defineAction(restoreQueryVersion, 'queries.restore');
export const deleteSavedQueryAction = defineAction(deleteSavedQuery, 'queries.delete');
export const undeleteSavedQueryAction = defineAction(undeleteSavedQuery, 'queries.undelete');
