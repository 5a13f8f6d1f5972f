export const root: string;
export function isStale(checkout?: string): boolean;
export function bundleChanged(checkout: string, bundle: (file: string) => Promise<void>): Promise<boolean>;
export function build(options?: { say?: (line: string) => void; force?: boolean }): Promise<boolean>;
