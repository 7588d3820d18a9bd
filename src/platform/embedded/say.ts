/** Where the provisioning tells a person at the console what it is doing: one short Indonesian line each. */
export type Say = (line: string) => void

export const silent: Say = () => {}
