export const stillMs: number;
