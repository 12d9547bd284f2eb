export const notEncodedYet: string[] = []
