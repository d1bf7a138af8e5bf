export function lockFolder(folder: string): Promise<{ release(): Promise<void> }>;
