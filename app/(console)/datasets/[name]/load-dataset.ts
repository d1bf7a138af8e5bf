import 'server-only';
import { cache } from 'react';
import { findDataset } from '@/lib/catalog';
import { load } from '@/lib/page';

/** The dataset of this address: asked for once per request, by the layout and by the page within it. */
export const loadDataset = cache((name: string) => load(findDataset, { name }));
