/** Tells whoever waits what is being done. */
export type TellStep = (step: string) => void;

/** For whoever does not look. */
export const untold: TellStep = () => undefined;
