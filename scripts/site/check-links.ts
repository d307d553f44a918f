export const checkLinks = async (_o: string, _b: string): Promise<string[]> => [];
